"""How the page looks: one style sheet, light and dark, wide and narrow, on screen and on paper.

Every pair of text and ground has a contrast of 4.5 or more (WCAG 2 AA); a test computes it from here.
"""

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #f7f6f3; --card: #ffffff; --sunk: #f1efea; --line: #dedad2;
  --ink: #1d2125; --soft: #565c63; --link: #0b5a7a; --focus: #0b5a7a;
  --critical: #9f1239; --on-critical: #ffffff;
  --high: #b23c0a; --on-high: #ffffff;
  --medium: #f0c04a; --on-medium: #2b2000;
  --low: #1f6a94; --on-low: #ffffff;
  --info: #5b6570; --on-info: #ffffff;
  --unknown: #6b2fa8; --on-unknown: #ffffff; --unknown-ground: #f5effb;
  --good: #17663d; --on-good: #ffffff; --good-ground: #edf6f0;
  --bad-ground: #fbeff1; --bad: #9f1239;
  --add: #17663d; --add-ground: #e9f5ee; --del: #9f1239; --del-ground: #fbecef;
  --shadow: 0 1px 2px rgb(29 33 37 / 6%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121518; --card: #1a1e22; --sunk: #14181b; --line: #333a41;
    --ink: #e9ebed; --soft: #a5adb5; --link: #7cc4e4; --focus: #7cc4e4;
    --critical: #fb7185; --on-critical: #2a0610;
    --high: #fb923c; --on-high: #2b1203;
    --medium: #facc5c; --on-medium: #2b2000;
    --low: #6bb8e0; --on-low: #06202f;
    --info: #a9b2bb; --on-info: #15191d;
    --unknown: #c9a0f5; --on-unknown: #230a3b; --unknown-ground: #221a2c;
    --good: #6fd19a; --on-good: #06200f; --good-ground: #15221b;
    --bad-ground: #291519; --bad: #fb7185;
    --add: #7ad7a3; --add-ground: #14251b; --del: #fb8fa0; --del-ground: #2a161a;
    --shadow: none;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 6rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 400 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
code, pre, .place, .object {
  font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
code { font-size: .9em; background: var(--sunk); border-radius: 4px; padding: .08em .3em; }
a { color: var(--link); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4, p, dl, dd, ul, ol, pre { margin: 0; }
h2 { font-size: 1.2rem; line-height: 1.3; letter-spacing: -.01em; }
.wrap { max-width: 68rem; margin: 0 auto; padding-inline: 1.25rem; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 9; }

.top { padding-block: 2rem 1.25rem; }
.brand { display: flex; align-items: center; gap: .55rem; color: var(--soft); font-weight: 600; }
.brand svg { width: 1.5rem; height: 1.5rem; fill: currentColor; flex: none; }
.top h1 {
  font-size: 1.9rem; line-height: 1.2; letter-spacing: -.022em; font-weight: 700; margin: .65rem 0 .3rem;
}
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .88rem; color: var(--soft); }
.facts div { display: flex; gap: .4rem; }
.facts dd { color: var(--ink); font-weight: 500; }

.verdict {
  border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px;
  background: var(--tone-ground); padding: 1rem 1.25rem; margin-bottom: 1rem;
}
.verdict strong { display: block; font-size: 1.15rem; line-height: 1.35; }
.verdict span { color: var(--soft); }
.is-good { --tone: var(--good); --tone-ground: var(--good-ground); }
.is-bad { --tone: var(--bad); --tone-ground: var(--bad-ground); }
.is-unknown { --tone: var(--unknown); --tone-ground: var(--unknown-ground); }
.is-calm { --tone: var(--info); --tone-ground: var(--card); }

.tiles { display: grid; grid-template-columns: repeat(5, 1fr) 1.6fr; gap: .6rem; margin-bottom: 1.25rem; }
.tile {
  background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem .9rem;
  box-shadow: var(--shadow); border-top: 4px solid var(--tone);
}
.tile b { display: block; font-size: 1.75rem; line-height: 1.15; font-variant-numeric: tabular-nums; }
.tile.none { border-top-color: var(--line); }
.tile.none b { color: var(--soft); font-weight: 400; }
.tile span { font-size: .85rem; color: var(--soft); }
.meter { display: block; width: 100%; height: .5rem; margin-top: .5rem; border-radius: 99px; }
.meter .whole { fill: var(--unknown); } .meter .part { fill: var(--good); } .meter .none { fill: var(--line); }
.critical { --tone: var(--critical); --on: var(--on-critical); }
.high { --tone: var(--high); --on: var(--on-high); }
.medium { --tone: var(--medium); --on: var(--on-medium); }
.low { --tone: var(--low); --on: var(--on-low); }
.info { --tone: var(--info); --on: var(--on-info); }
.unknown { --tone: var(--unknown); --on: var(--on-unknown); }
.good { --tone: var(--good); --on: var(--on-good); }

.bar, .filters { position: sticky; z-index: 5; background: var(--ground); }
.bar { top: 0; border-top: 1px solid var(--line); }
.bar .wrap { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; padding-block: .5rem .2rem; font-size: .88rem; }
.bar p { color: var(--soft); font-variant-numeric: tabular-nums; }
.bar b { color: var(--ink); font-weight: 650; }
.bar a { white-space: nowrap; }
.bar .end { margin-left: auto; }
.bar:not(:has(+ .filters:not([hidden]))) { border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
.filters { top: 2.2rem; border-bottom: 1px solid var(--line); }
.filters[hidden] { display: none; }
main { padding-top: 1.5rem; }
.filters .wrap {
  display: flex; flex-wrap: wrap; align-items: center; gap: .45rem .6rem; padding-block: .3rem .6rem;
}
.badge {
  display: inline-block; background: var(--tone); color: var(--on); border-radius: 5px;
  padding: .12rem .5rem; font-size: .74rem; line-height: 1.4; font-weight: 700; letter-spacing: .045em;
  text-transform: uppercase; white-space: nowrap;
}
.count { font-variant-numeric: tabular-nums; }
.pick { position: relative; cursor: pointer; }
.pick input { position: absolute; opacity: 0; inset: 0; margin: 0; cursor: pointer; }
.pick input:not(:checked) + .badge {
  background: transparent; color: var(--soft); box-shadow: inset 0 0 0 1px var(--line);
  text-decoration: line-through;
}
.pick input:focus-visible + .badge { outline: 3px solid var(--focus); outline-offset: 2px; }
.filters select, .filters input[type="search"] {
  font: inherit; font-size: .88rem; color: var(--ink); background: var(--card); border: 1px solid var(--line);
  border-radius: 7px; padding: .3rem .5rem; min-width: 0; max-width: 11rem; height: 2.1rem;
}
.filters input[type="search"] { flex: 1 1 10rem; max-width: 18rem; }
"""
