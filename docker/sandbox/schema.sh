#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
# schema.sh FOLDER: brings Cuebot's tables to the migrations of FOLDER, each once, and puts its seed data into empty ones.
set -eu
folder=$1

sql() {
    psql -q -v ON_ERROR_STOP=1 "$@"
}

sql -c 'create table if not exists sandbox_migration (name text primary key)'
for file in $(ls "$folder"/migrations/V*.sql | sort -V); do
    name=${file##*/}
    if [ -z "$(sql -At -c "select 1 from sandbox_migration where name = '$name'")" ]; then
        sql --single-transaction -o /dev/null -f "$file" -c "insert into sandbox_migration values ('$name')"
    fi
done
if [ -z "$(sql -At -c 'select 1 from show limit 1')" ]; then
    # A row that a migration has made already is refused; all others go in.
    psql -q -f "$folder/seed_data.sql" || true
fi
sql -At -c "select count(*) || ' migrations, ' || (select count(*) from show) || ' show' from sandbox_migration"
