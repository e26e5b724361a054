/** Screen and paper: dark on white, A4, no picture or row cut in two. */
export const REPORT_STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; color: #1b2430; background: #fff; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.5rem 4rem; }
header { border-bottom: 3px solid #00518a; padding-bottom: 1rem; margin-bottom: 1rem; }
h1 { font-size: 1.7rem; text-wrap: balance; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.3rem; margin: 2.4rem 0 .7rem; padding-bottom: .2rem; border-bottom: 1px solid #dde3ea; color: #00518a; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .4rem; }
p, ul { margin: .5rem 0; max-width: 48rem; }
li { margin: .2rem 0; overflow-wrap: anywhere; }
a { color: #00518a; }
.lead { font-size: 1.05rem; color: #566473; margin: 0; }
.quiet, .note { color: #566473; }
.note { font-size: .86rem; margin: .35rem 0 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; padding: 0; margin: .8rem 0 0; max-width: none; font-size: .92rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .6rem 0; }
dt { color: #566473; }
dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .6rem; margin: 1rem 0; }
.tiles div { border: 1px solid #dde3ea; border-radius: 6px; padding: .5rem .7rem; }
.tiles b { display: block; font-size: 1.25rem; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tiles span { font-size: .82rem; color: #566473; }
.columns { columns: 21rem 2; column-gap: 2rem; margin-top: 1.5rem; }
.columns > div { break-inside: avoid; }
.columns h3:first-child { margin-top: 0; }
.table { margin: 1rem 0; overflow-x: auto; }
table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; font-size: .95rem; }
th, td { padding: .16rem .6rem; text-align: right; vertical-align: top; border-bottom: 1px solid #eef1f5; }
th:first-child, td:first-child { padding-left: 0; }
thead th { vertical-align: bottom; line-height: 1.25; }
thead tr:last-child > * { border-bottom: 1.5px solid #8fa1b3; }
.units td { color: #566473; font-size: .8rem; padding-top: 0; }
thead tr:first-child:not(:last-child) > * { border-bottom: 0; padding-bottom: 0; }
tbody th { font-weight: 400; text-align: left; }
.words { text-align: left; }
td.words { min-width: 5.5rem; }
.narrow tbody th { white-space: nowrap; }
tbody th:has(+ td .verdict) { min-width: 12rem; }
thead th { min-width: 3.4em; }
.wide table { font-size: .78rem; }
.wide :is(th, td) { padding-left: .3rem; padding-right: .3rem; }
.wide :is(th, td):first-child { padding-left: 0; }
.given { font-weight: 600; }
.verdict { font-weight: 600; white-space: nowrap; }
figure { margin: 1rem 0; }
svg { display: block; width: 100%; height: auto; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; align-items: start; }
.pair figure { margin: .3rem 0; }
details { margin: 1rem 0; }
summary { cursor: pointer; color: #00518a; }
@media screen and (max-width: 44rem) { .pair { grid-template-columns: 1fr; } }
@page { size: A4; margin: 15mm 14mm 17mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #566473; } }
@media print {
  html { font-size: 9.5pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { max-width: none; padding: 0; }
  nav, details { display: none; }
  svg { max-height: 200mm; }
  #map svg { max-height: 130mm; }
  h2, h3, caption { break-after: avoid; }
  section.page { break-before: page; }
  section.page h2 { margin-top: 0; }
  figure, tr, li, .tiles, dl { break-inside: avoid; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .table.short { break-inside: avoid; }
  table, .wide table { font-size: 7.6pt; }
  th, td { padding: .1rem .4rem; }
  a { color: inherit; text-decoration: none; }
}
@media screen { .paper { display: none; } }
`;
