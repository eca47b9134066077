#!/usr/bin/env bash
# A page of a run: it needs nothing else, whatever a program says or its source has cannot get out of its
# place, and in a browser it is looked at by keyboard and mouse and read aloud.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
cd "$here" || exit

cat >mean.py <<'PY'
"""A title with <i>marks</i> & "more" </title>

clock: virtual
"""
import threading, gilscope
END = "</script><b>out</b><!--"
def work():
    for _ in range(300000):
        pass
gilscope.mark("</script><b>a mark</b>")
t = threading.Thread(target=work, name="<b>worker</b>")
t.start()
work()
t.join()
gilscope.mark("the second")
PY
try 0 run mean.py --record r.gsr --export html=live.html --print none
try 0 export r.gsr --to html -o page.html
out_empty
cmp live.html page.html || fail "the recording's page is not the run's"
grep -qF "$here" page.html && fail "the page has a path of this machine"

cat >read.py <<'PY'
import html.parser, json, re, sys

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.open, self.data, self.names = [], [], {}, {}

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        assert not {"src", "href"} & attributes.keys(), (tag, attributes)
        if tag not in ("meta", "canvas"):
            self.open.append(tag)
        if tag == "script":
            self.data.setdefault(attributes.get("type", "script"), "")
            self.script = attributes.get("type", "script")

    def handle_endtag(self, tag):
        if tag != "canvas":
            assert self.open.pop() == tag, f"{tag} ends what did not begin"

    def handle_data(self, text):
        if self.open and self.open[-1] == "script":
            self.data[self.script] += text
        elif self.open and self.open[-1] in ("title", "h1"):
            self.names[self.open[-1]] = text

page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
assert page.open == [], page.open
assert page.names["h1"] == 'A title with <i>marks</i> & "more" </title>', page.names
assert not any(tag in ("b", "i", "iframe", "img", "link") for tag, _ in page.tags)
run = json.loads(page.data["application/json"])
lane = next(row for row in run["rows"] if row["title"].startswith("<b>worker</b>"))
assert all("sentence" in span for span in lane["spans"]), "a stretch lacks its sentence"
assert any("has wanted the GIL" in span["sentence"] for span in lane["spans"])
assert 'END = "</script><b>out</b><!--"' in run["files"][0]["lines"], run["files"]
assert {"role": "status", "aria-live": "polite", "id": "sentence"} in [a for t, a in page.tags if t == "p"]
for tag, attributes in page.tags:
    if attributes.get("role") in ("application", "region", "toolbar"):
        assert attributes.get("aria-label"), attributes
    assert int(attributes.get("tabindex") or 0) <= 0, "a focus order of its own"
PY
python3 read.py page.html || fail "the page is not as it has to be"

# What is too much for a sentence on each change is told.
try 0 export r.gsr --to html --from 1ms --until 2ms -o part.html
python3 - part.html <<'PY' || fail "the part is not the part"
import json, re, sys
text = open(sys.argv[1], encoding="utf-8").read()
run = json.loads(re.search(r'id="run">(.*?)</script>', text, re.S)[1])
assert run["from"] == 1000000 and run["until"] == 2000000
assert all(s["start"] < 2000000 and s["end"] >= 1000000 for r in run["rows"] for s in r.get("spans", []))
PY

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [[ ! $browser ]]; then
    echo "no Chromium here: the page is not looked at in a browser"
    finish
fi
# Keys and the mouse, as somebody would use them, and what came of each.
cat page.html - >driven.html <<'HTML'
<pre id="came"></pre>
<script>
const lanes = document.getElementById("lanes"), came = {};
const state = () => ({ from: +lanes.dataset.from, until: +lanes.dataset.until, time: +lanes.dataset.time,
  row: +lanes.dataset.row, says: document.getElementById("sentence").textContent,
  line: document.querySelector("#source [aria-current]")?.textContent });
const after = (name, keys) => {
  for (const key of keys) lanes.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  came[name] = state();
};
const box = lanes.getBoundingClientRect();
const mouse = (kind, type, x, more) =>
  lanes.dispatchEvent(new kind(type, { clientX: box.left + x, clientY: box.top + 60, bubbles: true, cancelable: true, ...more }));
after("begin", []);
after("down", ["j"]);
after("next", ["."]);
after("right", ["ArrowRight"]);
after("mark", ["g", "]"]);
after("end", ["G"]);
after("closer", ["+", "+"]);
after("whole", ["0"]);
after("cause", ["g", "j", ".", "Enter"]);
after("back", ["Backspace"]);
mouse(WheelEvent, "wheel", 900, { deltaY: -100 });
came.wheel = state();
mouse(PointerEvent, "pointerdown", 900, {});
mouse(PointerEvent, "pointermove", 700, {});
mouse(PointerEvent, "pointerup", 700, {});
came.drag = state();
document.getElementById("theme").click();
came.theme = document.documentElement.dataset.theme;
came.ground = getComputedStyle(document.body).backgroundColor;
document.getElementById("theme").click();
came.other = getComputedStyle(document.body).backgroundColor;
came.said = document.querySelectorAll("#said button").length;
came.legend = document.getElementById("legend").textContent;
came.unnamed = [...document.querySelectorAll("button")].filter(b => !(b.ariaLabel || b.textContent.trim())).length;
document.getElementById("came").textContent = JSON.stringify(came);
</script>
HTML
tried="$browser driven.html"
HOME=$here timeout 120 "$browser" --headless --no-sandbox --disable-gpu --window-size=1200,900 --dump-dom \
    "file://$here/driven.html" >dom 2>err || fail "the browser ends badly"
python3 - dom <<'PY' || fail "the page does not do what its keys say"
import html, json, re, sys
came = re.search(r'<pre id="came">(.*?)</pre>', open(sys.argv[1], encoding="utf-8").read(), re.S)[1]
came = json.loads(html.unescape(came))
begin, whole = came["begin"], came["whole"]
span = lambda at: at["until"] - at["from"]
assert begin["time"] == begin["from"] == 0 and begin["says"], begin
assert came["down"]["row"] == begin["row"] + 1 and came["down"]["says"] != begin["says"], came["down"]
assert came["next"]["time"] > 0 and came["right"]["time"] > came["next"]["time"]
assert came["next"]["line"], "no line of the source"
assert came["end"]["time"] == begin["until"], came["end"]
assert abs(span(came["closer"]) * 4 - span(begin)) < 8, came["closer"]
assert span(whole) == span(begin)
assert came["cause"]["row"] != came["back"]["row"] and came["back"]["row"] >= 0, (came["cause"], came["back"])
assert abs(span(came["wheel"]) - .8 * span(whole)) < 8 and came["wheel"]["from"] > 0, came["wheel"]
assert came["drag"]["from"] > came["wheel"]["from"] and abs(span(came["drag"]) - span(came["wheel"])) < 8
assert came["ground"] != came["other"], "light is dark"
assert came["said"] == 2 and came["unnamed"] == 0 and "wants-gil" in came["legend"], came
PY
finish
