"""The second half of the style sheet: sections, cards, documentation, narrow screens, paper."""

PARTS = """
section { margin-bottom: 2.25rem; }
section > h2 { display: flex; align-items: baseline; gap: .6rem; margin-bottom: .75rem; }
section > h2 small { font-size: .9rem; font-weight: 400; color: var(--soft); }
.lead { color: var(--soft); margin-bottom: .75rem; max-width: 46rem; }
.card {
  background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--tone, var(--line));
  border-radius: 10px; padding: .85rem 1.1rem .9rem; margin-bottom: .65rem; box-shadow: var(--shadow);
  content-visibility: auto; contain-intrinsic-size: auto 9rem;
}
.card[hidden] { display: none; }
.card > header { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .7rem; }
.card h3 { font-size: 1.02rem; line-height: 1.35; font-weight: 650; }
.card h3 a { color: inherit; text-decoration-color: var(--line); }
.card h3 a:hover { text-decoration-color: currentColor; }
.place { font-size: .84rem; color: var(--soft); margin-left: auto; }
.object { font-size: .88rem; margin-top: .3rem; unicode-bidi: isolate; }
.object em { font-style: normal; color: var(--soft); }
.message { margin-top: .35rem; max-width: 54rem; }
.note { margin-top: .35rem; font-size: .88rem; color: var(--soft); }
.tag {
  font-size: .78rem; line-height: 1.4; color: var(--soft); border: 1px solid var(--line); border-radius: 5px;
  padding: .06rem .4rem; white-space: nowrap;
}
.aside { background: transparent; box-shadow: none; border-left-style: dashed; }
details > summary {
  cursor: pointer; font-size: .88rem; color: var(--soft); margin-top: .5rem; width: fit-content;
}
details[open] > summary { margin-bottom: .4rem; }
pre {
  background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .8rem;
  overflow-x: auto; font-size: .84rem; line-height: 1.5; overflow-wrap: normal;
}
pre code { background: none; padding: 0; font-size: 1em; }
.fix { padding: .35rem 0; margin-top: .55rem; }
.fix span { display: block; padding: 0 .8rem; min-height: 1.5em; width: max-content; min-width: 100%; }
.fix .at { color: var(--soft); }
.fix .add { color: var(--add); background: var(--add-ground); }
.fix .del { color: var(--del); background: var(--del-ground); }
.more { font-size: .84rem; display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; }
.more dt { color: var(--soft); }
.panel {
  border: 1px solid var(--line); border-left: 6px solid var(--tone); border-radius: 10px;
  background: var(--tone-ground);
  padding: 1rem 1.25rem;
}
.panel ul { list-style: none; padding: 0; margin-top: .6rem; }
.panel li { padding: .55rem 0; border-top: 1px solid var(--line); }
.panel li p { margin-top: .15rem; }
.panel li .place { margin-left: 0; color: var(--ink); font-weight: 600; }
.plain { padding-left: 1.2rem; }
.check { padding: .2rem 1.1rem; }
.check > summary {
  display: flex; flex-wrap: wrap; align-items: center; gap: .3rem .7rem; width: auto; margin: .5rem 0;
  color: var(--ink); font-size: 1rem; list-style: none;
}
.check > summary::-webkit-details-marker { display: none; }
.check > summary::before { content: "+"; color: var(--soft); width: .8rem; font-weight: 700; }
.check[open] > summary::before { content: "\\2212"; }
.check > summary .count { margin-left: auto; font-size: .84rem; color: var(--soft); }
.prose { padding: .2rem 0 1rem; max-width: 46rem; }
.prose > * + * { margin-top: .7rem; }
.prose ul, .prose ol { padding-left: 1.3rem; }
footer { border-top: 1px solid var(--line); padding-block: 1.25rem 3rem; font-size: .84rem; color: var(--soft); }
footer code { font-size: .95em; }

@media (max-width: 46rem) {
  .wrap { padding-inline: .9rem; }
  .top { padding-block: 1.25rem 1rem; }
  .top h1 { font-size: 1.45rem; }
  .tiles { grid-template-columns: repeat(5, 1fr); gap: .4rem; }
  .tile { padding: .5rem .45rem; overflow-wrap: normal; }
  .tile b { font-size: 1.35rem; }
  .tile span { font-size: .72rem; }
  .tile.wide {
    grid-column: 1 / -1; display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; align-items: baseline;
  }
  .tile.wide span { font-size: .85rem; }
  .tile.wide .meter { grid-column: 1 / -1; }
  .bar .wrap { padding-block: .4rem; border-bottom: 1px solid var(--line); font-size: .82rem; }
  .bar .end { margin-left: 0; }
  .filters { position: static; }
  .filters .wrap { padding-top: .6rem; }
  .filters select { flex: 1 1 6.5rem; }
  .filters input[type="search"] { flex: 1 1 100%; max-width: none; }
  .place { margin-left: 0; flex-basis: 100%; }
  .card { padding: .75rem .85rem; }
  .panel, .verdict { padding: .8rem .95rem; }
}
@media print {
  :root { --ground: #ffffff; --sunk: #ffffff; --shadow: none; color-scheme: light; }
  body { font-size: 10pt; }
  .bar, .filters, .skip { display: none; }
  .card, .panel, .verdict { break-inside: avoid; content-visibility: visible; }
  .card[hidden] { display: block; }
  details::details-content { content-visibility: visible; block-size: auto; }
  details > summary { list-style: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
"""
