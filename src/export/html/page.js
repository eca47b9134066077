/* The page of `--to html`: draws the run that is embedded as JSON, and lets it be looked at with mouse and
   keyboard, by the keys of the screen. What it is told stands in run_json.c. */
(() => {
"use strict";
const run = JSON.parse(document.getElementById("run").textContent);
const box = document.getElementById("lanes");
const canvas = document.createElement("canvas");
const paint = canvas.getContext("2d");
const sentence = document.getElementById("sentence");
const ROW = 24, AXIS = 26, PHASES = run.phases.length ? 22 : 0, MARKS = 20;
const top = AXIS + PHASES, least = 1000; /* ns that a window has at least */
let width = 0, titles = 0;
const view = { from: run.from, until: run.until };
const cursor = { row: run.rows.findIndex(row => row.kind !== "group"), time: run.from };
const trail = [];

/* Time as people read it. */
function duration(ns) {
  for (const [unit, size] of [["s", 1e9], ["ms", 1e6], ["µs", 1e3]])
    if (Math.abs(ns) >= size) return `${+(ns / size).toPrecision(4)} ${unit}`;
  return `${Math.round(ns)} ns`;
}

/* A state is told by its pattern, too, not by its colour alone. */
const patterns = new Map();
function pattern(state) {
  const key = state.word + matchMedia("(prefers-color-scheme: dark)").matches + document.documentElement.dataset.theme;
  if (patterns.has(key)) return patterns.get(key);
  const tile = document.createElement("canvas"), size = tile.width = tile.height = 8, p = tile.getContext("2d");
  p.fillStyle = p.strokeStyle = state.colour;
  p.lineWidth = 2;
  const line = (x1, y1, x2, y2) => { p.beginPath(); p.moveTo(x1, y1); p.lineTo(x2, y2); p.stroke(); };
  switch (state.word) {
  case "running": p.fillRect(0, 0, size, size); break;
  case "wants-gil": p.globalAlpha = .35; p.fillRect(0, 0, size, size); p.globalAlpha = 1;
    for (const d of [-8, 0, 8]) line(d, 8, d + 8, 0); break;
  case "native": p.globalAlpha = .6; p.fillRect(0, 0, size, size); p.globalAlpha = 1;
    line(0, 0, 8, 8); line(0, 8, 8, 0); break;
  case "io": line(0, 4, 8, 4); break;
  case "sleeping": p.fillRect(3, 3, 2, 2); break;
  case "waiting": p.fillRect(0, 3, 5, 2); break;
  case "ready": p.globalAlpha = .35; p.fillRect(0, 0, size, size); p.globalAlpha = 1;
    p.beginPath(); p.moveTo(2, 1); p.lineTo(6, 4); p.lineTo(2, 7); p.fill(); break;
  case "awaiting": p.fillRect(1, 3, 2, 2); p.fillRect(5, 3, 2, 2); break;
  default: p.strokeRect(1, 1, 6, 6);
  }
  patterns.set(key, paint.createPattern(tile, "repeat"));
  return patterns.get(key);
}

const x = time => titles + (time - view.from) / (view.until - view.from) * (width - titles);
const timeAt = px => view.from + (px - titles) / (width - titles) * (view.until - view.from);
const y = row => top + row * ROW;
const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name);

/* The stretches of a row that are in the window, each with its edges in pixels; of many in one pixel one. */
function* seen(row) {
  let low = 0, high = row.spans.length, last = -1;
  while (low < high) {
    const middle = low + high >> 1;
    if (row.spans[middle].end <= view.from) low = middle + 1; else high = middle;
  }
  for (; low < row.spans.length && row.spans[low].start < view.until; low++) {
    const span = row.spans[low];
    const a = Math.max(titles, x(span.start)), b = Math.min(width, x(span.end));
    if (b - a < .5 && Math.floor(a) === last) continue;
    last = Math.floor(a);
    yield [span, a, Math.max(b, a + .5)];
  }
}

function word(text, a, b, middle, ink) {
  const room = b - a - 6;
  if (room < 14) return;
  paint.font = "12px ui-monospace, monospace";
  const fits = Math.floor(room / paint.measureText("m").width);
  if (fits < Math.min(text.length, 3)) return;
  paint.fillStyle = ink;
  paint.fillText(text.length > fits ? text.slice(0, fits - 1) + "…" : text, a + 3, middle);
}

function drawOwners(row, top) {
  for (const [span, a, b] of seen(row)) {
    paint.fillStyle = span.colour;
    paint.fillRect(a, top + 3, b - a, ROW - 6);
    if (b - a > 3) { paint.fillStyle = colour("--ground"); paint.fillRect(b - 1, top + 3, 1, ROW - 6); }
    word(span.word, a, b, top + ROW / 2, "#000000");
  }
}

function drawStates(row, top) {
  for (const [span, a, b] of seen(row)) {
    paint.fillStyle = b - a > 2 ? pattern(run.states[span.state]) : run.states[span.state].colour;
    paint.fillRect(a, top + 5, b - a, ROW - 10);
  }
  paint.font = "12px ui-monospace, monospace";
  for (const label of row.labels) {
    if (label.end <= view.from || label.start >= view.until) continue;
    const a = Math.max(titles, x(label.start)), b = Math.min(width, x(label.end));
    if (b - a < 6) continue;
    paint.strokeStyle = colour("--ink");
    paint.lineWidth = 1;
    paint.strokeRect(a + .5, top + 3.5, b - a - 1, ROW - 7);
    const shown = Math.min(b - a - 2, paint.measureText(label.text).width + 8);
    paint.fillStyle = colour("--ground");
    if (shown > 20) paint.fillRect(a + 1, top + 5, shown, ROW - 10);
    word(label.text, a, Math.min(b, a + shown + 6), top + ROW / 2, colour("--ink"));
  }
}

function drawAxis(height) {
  const span = view.until - view.from, most = Math.max(2, (width - titles) / 110);
  let step = 10 ** Math.floor(Math.log10(span / most));
  for (const factor of [2, 5, 10]) if (span / step > most && span / (step * factor) <= most * 2.5) { step *= factor; break; }
  while (span / step > most * 1.5) step *= 10;
  paint.font = "12px system-ui, sans-serif";
  for (let t = Math.ceil(view.from / step) * step; t < view.until; t += step) {
    paint.fillStyle = colour("--dim");
    paint.fillText(duration(t), x(t) + 3, AXIS / 2);
    paint.fillStyle = colour("--line");
    paint.fillRect(x(t), 0, 1, height);
  }
}

function drawPhases() {
  for (const phase of run.phases) {
    const a = Math.max(titles, x(phase.start)), b = Math.min(width, x(phase.end));
    if (b <= a) continue;
    paint.strokeStyle = colour("--dim");
    paint.lineWidth = 1;
    paint.beginPath();
    paint.moveTo(a + 1.5, AXIS + PHASES - 3); paint.lineTo(a + 1.5, AXIS + 3); paint.lineTo(b - 1.5, AXIS + 3);
    paint.lineTo(b - 1.5, AXIS + PHASES - 3);
    paint.stroke();
    word(phase.title, a + 4, b, AXIS + PHASES / 2 + 3, colour("--ink"));
  }
}

function drawMarks(at) {
  paint.font = "13px system-ui, sans-serif";
  for (const said of run.said)
    if (said.mark && said.time >= view.from && said.time <= view.until) {
      paint.fillStyle = run.marks;
      paint.fillText(said.sign, x(said.time) - 5, at + MARKS / 2);
    }
}

function drawCursor(height) {
  if (cursor.time < view.from || cursor.time > view.until) return;
  paint.fillStyle = colour("--ink");
  paint.fillRect(Math.round(x(cursor.time)), AXIS, 1.5, height - AXIS);
}

function draw() {
  const height = top + run.rows.length * ROW + MARKS, scale = window.devicePixelRatio || 1;
  width = box.clientWidth;
  titles = Math.min(Math.max(90, ...run.rows.slice(0, 200).map(row => 12 + row.depth * 12 + row.title.length * 8)), width / 3);
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.height = `${height}px`;
  paint.setTransform(scale, 0, 0, scale, 0, 0);
  paint.textBaseline = "middle";
  paint.clearRect(0, 0, width, height);
  paint.save();
  paint.beginPath(); paint.rect(titles, 0, width - titles, height); paint.clip();
  drawAxis(height);
  if (PHASES) drawPhases();
  run.rows.forEach((row, i) => {
    if (row.kind === "lane") drawStates(row, y(i));
    else if (row.kind !== "group") drawOwners(row, y(i));
  });
  drawMarks(y(run.rows.length));
  drawCursor(height);
  paint.restore();
  run.rows.forEach((row, i) => {
    if (i === cursor.row) { paint.fillStyle = colour("--chosen"); paint.fillRect(0, y(i), titles - 4, ROW); }
    paint.font = `${row.kind === "group" ? "bold " : ""}13px ui-monospace, monospace`;
    paint.fillStyle = row.colour || colour("--ink");
    paint.fillText(row.title, 6 + row.depth * 12, y(i) + ROW / 2, titles - 12 - row.depth * 12);
  });
}

/* Index of the stretch at an instant, or the last one before it; -1: none. */
function at(row, time) {
  let low = 0, high = row.spans.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (row.spans[middle].start <= time) low = middle + 1; else high = middle;
  }
  return low - 1;
}

function here() {
  const row = run.rows[cursor.row], i = row && row.spans ? at(row, cursor.time) : -1;
  return i >= 0 && (row.spans[i].end > cursor.time || row.spans[i].end === run.until) ? row.spans[i] : null;
}

function tell() {
  const row = run.rows[cursor.row], span = here();
  if (!row) return;
  if (!span) { sentence.textContent = `${row.title}, ${duration(cursor.time)}: nothing here.`; return; }
  const what = span.word || run.states[span.state].word;
  const told = span.sentence ? ` At ${duration(span.told)}: ${span.sentence}` : "";
  sentence.textContent = `${row.title}, ${duration(cursor.time)}: ${what}, from ${duration(span.start)} to ` +
    `${duration(span.end)}.${told}`;
}

const source = document.getElementById("source"), sourceName = document.getElementById("source-name");
let shownFile = -1;
function showSource() {
  const span = here(), file = span && span.line ? span.file : -1;
  if (file < 0 || !run.files[file]) { for (const old of source.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current"); return; }
  if (file !== shownFile) {
    shownFile = file;
    sourceName.textContent = run.files[file].name;
    source.replaceChildren(...run.files[file].lines.map((text, i) => {
      const line = document.createElement("div");
      line.dataset.line = i + 1;
      line.textContent = text || " ";
      return line;
    }));
  }
  for (const old of source.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const line = source.children[span.line - 1];
  if (!line) return;
  line.setAttribute("aria-current", "true");
  source.scrollTop = line.offsetTop - source.offsetTop - source.clientHeight / 2;
}

function show() {
  box.dataset.from = Math.round(view.from);
  box.dataset.until = Math.round(view.until);
  box.dataset.time = Math.round(cursor.time);
  box.dataset.row = cursor.row;
  draw();
  tell();
  showSource();
}

function go(time, row = cursor.row) {
  cursor.time = Math.min(Math.max(time, run.from), run.until);
  cursor.row = row;
  const span = view.until - view.from;
  if (cursor.time < view.from || cursor.time > view.until)
    look(cursor.time - span / 2, cursor.time + span / 2);
  show();
}

function look(from, until) {
  const span = Math.min(Math.max(until - from, least), run.until - run.from);
  view.from = Math.min(Math.max(from, run.from), run.until - span);
  view.until = view.from + span;
}

/* The instant stays where it is on the page. */
function zoom(factor, around) {
  const share = (around - view.from) / (view.until - view.from), span = (view.until - view.from) * factor;
  look(around - share * span, around - share * span + span);
  show();
}

function move(rows) {
  for (let i = cursor.row + rows; run.rows[i]; i += rows)
    if (run.rows[i].kind !== "group") { go(cursor.time, i); return; }
}

function event(direction) {
  const spans = run.rows[cursor.row].spans, i = at(run.rows[cursor.row], cursor.time);
  if (direction > 0) go(i + 1 < spans.length ? spans[i + 1].start : run.until);
  else go(i >= 0 && spans[i].start < cursor.time ? spans[i].start : i > 0 ? spans[i - 1].start : run.from);
}

function mark(direction) {
  const marks = run.said.filter(said => said.mark).map(said => said.time);
  const next = direction > 0 ? marks.find(time => time > cursor.time) : marks.reverse().find(time => time < cursor.time);
  if (next !== undefined) go(next);
}

function cause() {
  const span = here();
  if (!span || span.causeRow === undefined) return;
  trail.push([cursor.time, cursor.row]);
  go(span.causeTime, span.causeRow);
}

const step = () => (view.until - view.from) / Math.max(10, (width - titles) / 8);
const keys = {
  ArrowLeft: () => go(cursor.time - step()), h: () => go(cursor.time - step()),
  ArrowRight: () => go(cursor.time + step()), l: () => go(cursor.time + step()),
  ArrowUp: () => move(-1), k: () => move(-1), ArrowDown: () => move(1), j: () => move(1),
  ".": () => event(1), ",": () => event(-1), "]": () => mark(1), "[": () => mark(-1),
  "+": () => zoom(.5, cursor.time), "=": () => zoom(.5, cursor.time), "-": () => zoom(2, cursor.time),
  0: () => { look(run.from, run.until); show(); },
  g: () => go(run.from), Home: () => go(run.from), G: () => go(run.until), End: () => go(run.until),
  Enter: cause, Backspace: () => { if (trail.length) go(...trail.pop()); },
};
box.addEventListener("keydown", pressed => {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey || !keys[pressed.key]) return;
  pressed.preventDefault();
  keys[pressed.key]();
});

/* The wheel zooms around the pointer; a drag moves the run along, a click the cursor. */
box.addEventListener("wheel", turned => {
  turned.preventDefault();
  zoom(turned.deltaY < 0 ? .8 : 1.25, timeAt(Math.max(titles, turned.offsetX)));
}, { passive: false });
let drag = null;
box.addEventListener("pointerdown", pointer => {
  drag = { x: pointer.offsetX, from: view.from, until: view.until, moved: false };
  if (pointer.pointerId) try { box.setPointerCapture(pointer.pointerId); } catch { /* it is gone already */ }
});
box.addEventListener("pointermove", pointer => {
  if (!drag) return;
  drag.moved = drag.moved || Math.abs(pointer.offsetX - drag.x) > 4;
  if (!drag.moved) return;
  const by = (drag.x - pointer.offsetX) / (width - titles) * (drag.until - drag.from);
  look(drag.from + by, drag.until + by);
  show();
});
box.addEventListener("pointerup", pointer => {
  const row = Math.floor((pointer.offsetY - top) / ROW);
  if (drag && !drag.moved)
    go(pointer.offsetX > titles ? timeAt(pointer.offsetX) : cursor.time,
       run.rows[row] && run.rows[row].kind !== "group" ? row : cursor.row);
  drag = null;
});

/* Parts of the page that are made of the run. */
const acts = { fit: keys[0], closer: keys["+"], wider: keys["-"], before: keys[","], after: keys["."] };
for (const button of document.querySelectorAll("[data-act]"))
  button.addEventListener("click", () => acts[button.dataset.act]());
document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.getElementById("theme").setAttribute("aria-pressed", String(!dark));
  show();
});
for (const state of run.states.filter(state => state.seen)) {
  const entry = document.createElement("li"), swatch = document.createElement("canvas");
  swatch.width = 28; swatch.height = 14;
  swatch.setAttribute("aria-hidden", "true");
  const p = swatch.getContext("2d");
  p.fillStyle = pattern(state);
  p.fillRect(0, 0, 28, 14);
  entry.append(swatch, `${state.word}: ${state.meaning}`);
  document.getElementById("legend").append(entry);
}
for (const said of run.said) {
  const entry = document.createElement("li"), button = document.createElement("button");
  button.textContent = `${duration(said.time)}  ${said.text}`;
  button.addEventListener("click", () => { go(said.time); box.focus(); });
  entry.append(button);
  document.getElementById("said").append(entry);
}

canvas.setAttribute("aria-hidden", "true");
box.append(canvas);
new ResizeObserver(draw).observe(box);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
show();
})();
