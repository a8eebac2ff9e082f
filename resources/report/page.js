"use strict";
(() => {
  const decode = (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  };
  const encodes = JSON.parse(document.getElementById("data").textContent);
  for (const encode of encodes) {
    encode.shown = true;
    for (const metric of encode.metrics) metric.values = decode(metric.values);
    encode.last = encode.first + encode.metrics[0].values.length - 1;
  }
  const at = (id) => document.getElementById(id);
  const canvas = at("curve"), pen = canvas.getContext("2d"), reading = at("reading"), choice = at("metric");
  const LEFT = 56, RIGHT = 24, TOP = 12, BOTTOM = 26;
  const whole = [Math.min(...encodes.map((e) => e.first)), Math.max(...encodes.map((e) => e.last))];
  let view = [...whole], cursor = null, name = encodes[0].metrics[0].name;

  const measured = () =>
    encodes.filter((e) => e.shown && e.metrics.some((m) => m.name === name))
      .map((e) => ({ encode: e, metric: e.metrics.find((m) => m.name === name) }));
  const size = () => [canvas.clientWidth, canvas.clientHeight];
  const span = () => Math.max(1, view[1] - view[0]);
  const xOf = (frame) => LEFT + ((frame - view[0]) / span()) * (size()[0] - LEFT - RIGHT);
  const frameAt = (x) => Math.round(view[0] + ((x - LEFT) / (size()[0] - LEFT - RIGHT)) * span());
  const within = (frame) => Math.min(whole[1], Math.max(whole[0], frame));

  const roundStep = (rough) => {
    const power = 10 ** Math.floor(Math.log10(rough));
    return power * [1, 2, 5, 10].find((step) => step * power >= rough * (1 - 1e-9));
  };
  const ticks = (low, high, about, whole) => {
    const step = Math.max(whole ? 1 : 0, roundStep((high - low) / about));
    const found = [];
    for (let n = Math.ceil(low / step - 1e-9); n <= high / step + 1e-9; n++) found.push(n * step);
    return found;
  };
  const limitsOf = (curves) => {
    let low = Infinity, high = -Infinity;
    for (const { metric } of curves) {
      for (const value of metric.values) if (value < low) low = value;
      for (const value of metric.values) if (value > high && value !== Infinity) high = value;
      for (const { value } of metric.limits) { low = Math.min(low, value); high = Math.max(high, value); }
    }
    if (high === -Infinity) return [0, 1];
    const step = roundStep(Math.max(high - low, Math.abs(high) * 1e-3, 1e-6) / 4);
    const bottom = Math.floor(low / step) * step, top = Math.ceil(high / step) * step;
    return [bottom, top > bottom ? top : bottom + step];
  };

  const line = (x1, y1, x2, y2, colour, dash = []) => {
    pen.strokeStyle = colour; pen.setLineDash(dash); pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(x1, y1); pen.lineTo(x2, y2); pen.stroke();
  };
  const drawGap = (from, to) => {
    const [, height] = size(), x = xOf(from - 0.5), end = Math.max(x + 1, xOf(to + 0.5));
    pen.save(); pen.beginPath(); pen.rect(x, TOP, end - x, height - TOP - BOTTOM); pen.clip();
    for (let s = x - height; s < end; s += 8) line(s, height - BOTTOM, s + height, TOP - BOTTOM, "#999");
    pen.restore();
  };
  const drawCurve = ({ encode, metric }, yOf) => {
    const first = Math.max(encode.first, Math.floor(view[0])), last = Math.min(encode.last, Math.ceil(view[1]));
    const wide = Math.max(1, Math.floor((last - first + 1) / (size()[0] - LEFT - RIGHT)));
    let begun = false, gap = null;
    pen.strokeStyle = encode.colour; pen.setLineDash(encode.dash); pen.lineWidth = 1.4; pen.beginPath();
    const gaps = [];
    for (let start = first; start <= last; start += wide) {
      let low = null, high = null;
      for (let frame = start; frame < Math.min(last + 1, start + wide); frame++) {
        const value = metric.values[frame - encode.first];
        if (Number.isNaN(value) && (frame - encode.first) % encode.every) continue;
        if (Number.isNaN(value)) { gap = gap ?? frame; begun = false; continue; }
        if (gap !== null) { gaps.push([gap, frame - 1]); gap = null; }
        if (low === null || value < metric.values[low - encode.first]) low = frame;
        if (high === null || value > metric.values[high - encode.first]) high = frame;
      }
      if (low === null) continue;
      for (const frame of low === high ? [low] : [Math.min(low, high), Math.max(low, high)]) {
        const x = xOf(frame), y = yOf(metric.values[frame - encode.first]);
        if (begun) pen.lineTo(x, y); else { pen.moveTo(x, y); pen.lineTo(x + 1, y); }
        begun = true;
      }
    }
    pen.stroke();
    if (gap !== null) gaps.push([gap, last]);
    gaps.forEach(([from, to]) => drawGap(from, to));
  };

  const draw = () => {
    const [width, height] = size(), ratio = window.devicePixelRatio || 1, curves = measured();
    canvas.width = width * ratio; canvas.height = height * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.font = "12px system-ui, sans-serif";
    const [low, high] = limitsOf(curves);
    const yOf = (value) => TOP + (1 - (Math.min(value, high) - low) / (high - low)) * (height - TOP - BOTTOM);
    pen.fillStyle = "#555";
    for (const tick of ticks(low, high, 5, false)) {
      line(LEFT, yOf(tick), width - RIGHT, yOf(tick), "#e4e4e4");
      pen.textAlign = "right"; pen.fillText(String(+tick.toPrecision(6)), LEFT - 6, yOf(tick) + 4);
    }
    for (const tick of ticks(view[0], view[1], Math.max(2, width / 120), true)) {
      line(xOf(tick), height - BOTTOM, xOf(tick), height - BOTTOM + 4, "#555");
      pen.textAlign = "center"; pen.fillText(String(tick), xOf(tick), height - 8);
    }
    pen.save(); pen.beginPath(); pen.rect(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM); pen.clip();
    for (const border of new Set(curves.flatMap(({ encode }) => encode.borders)))
      line(xOf(border), TOP, xOf(border), height - BOTTOM, "#bbb", [1, 4]);
    for (const { value, text } of curves.flatMap(({ metric }) => metric.limits)) {
      line(LEFT, yOf(value), width - RIGHT, yOf(value), "#b00020", [8, 4]);
      pen.fillStyle = "#b00020"; pen.textAlign = "right"; pen.fillText(text, width - RIGHT - 4, yOf(value) - 4);
    }
    curves.forEach((curve) => drawCurve(curve, yOf));
    if (cursor !== null) line(xOf(cursor), TOP, xOf(cursor), height - BOTTOM, "#222");
    pen.restore();
    line(LEFT, TOP, LEFT, height - BOTTOM, "#555");
    line(LEFT, height - BOTTOM, width - RIGHT, height - BOTTOM, "#555");
    if (low > 0) {
      line(LEFT - 6, height - BOTTOM - 6, LEFT + 6, height - BOTTOM - 11, "#555");
      line(LEFT - 6, height - BOTTOM - 2, LEFT + 6, height - BOTTOM - 7, "#555");
    }
  };
  const read = () => {
    const parts = measured().map(({ encode, metric }) => {
      const value = metric.values[cursor - encode.first];
      return `${encode.label}: ${value === undefined || Number.isNaN(value) ? "not scored" : value === Infinity ? "identical" : value.toFixed(3)}`;
    });
    reading.textContent = `frame ${cursor} · ${measured()[0]?.metric.label ?? ""} · ${parts.join(" · ")}`;
  };
  const moveCursor = (frame) => { cursor = within(frame); read(); draw(); };
  const show = (from, to) => {
    const length = Math.min(whole[1] - whole[0], Math.max(4, to - from));
    const start = Math.min(whole[1] - length, Math.max(whole[0], from));
    view = [start, start + length]; draw();
  };

  const names = new Map(encodes.flatMap((e) => e.metrics.map((m) => [m.name, m.label])));
  for (const [value, label] of names) choice.add(new Option(label, value));
  choice.onchange = () => { name = choice.value; if (cursor !== null) read(); draw(); };
  for (const encode of encodes) {
    const label = document.createElement("label"), box = document.createElement("input"), swatch = document.createElement("span");
    box.type = "checkbox"; box.checked = true;
    box.onchange = () => { encode.shown = box.checked; draw(); };
    swatch.style.cssText = `width:22px;border-top:3px ${encode.dash.length ? "dashed" : "solid"} ${encode.colour}`;
    label.append(box, swatch, encode.label);
    at("legend").append(label);
  }
  at("fit").onclick = () => show(...whole);
  canvas.onwheel = (event) => {
    event.preventDefault();
    const frame = view[0] + ((event.offsetX - LEFT) / (size()[0] - LEFT - RIGHT)) * span();
    const factor = event.deltaY < 0 ? 0.8 : 1.25;
    show(frame - (frame - view[0]) * factor, frame + (view[1] - frame) * factor);
  };
  let held = null;
  canvas.onpointerdown = (event) => { held = { x: event.offsetX, view: [...view] }; canvas.setPointerCapture(event.pointerId); };
  canvas.onpointermove = (event) => {
    if (!held) { moveCursor(frameAt(event.offsetX)); return; }
    const moved = ((held.x - event.offsetX) / (size()[0] - LEFT - RIGHT)) * (held.view[1] - held.view[0]);
    show(held.view[0] + moved, held.view[1] + moved);
  };
  canvas.onpointerup = () => { held = null; };
  canvas.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    moveCursor((cursor ?? whole[0]) + step);
  };
  for (const button of document.querySelectorAll("button.frame"))
    button.onclick = () => {
      const frame = Number(button.dataset.frame), half = Math.min(span(), 200) / 2;
      show(frame - half, frame + half); moveCursor(frame);
      canvas.scrollIntoView({ block: "center" }); canvas.focus();
    };
  for (const id of ["controls", "curve", "reading"]) at(id).hidden = false;
  at("still").hidden = true;
  new ResizeObserver(draw).observe(canvas);
  draw();
})();
