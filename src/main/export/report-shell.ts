import { escapeXml } from "../../shared/figure-text.ts";
import { markup, type Content, type Markup } from "./report-markup.ts";
import { REPORT_STYLE } from "./report-style.ts";

/** A part of a report: its anchor and title stand in the list of contents. */
export interface Part {
  id: string;
  title: string;
  make(): Markup;
}

export interface Shell {
  title: string;
  /** below the title */
  head: Content;
  parts: readonly Part[];
  foot: Content;
}

/** The page piece by piece: it asks nothing of a network and runs nothing. */
export function* shell({ title, head, parts, foot }: Shell): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>${escapeXml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
`;
  const contents = parts.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`);
  yield markup`<header>
      <h1>${title}</h1>
      ${head}
      <nav aria-label="Contents">
        <ul>
          ${contents}
        </ul>
      </nav>
    </header>
    <main>
`.text;
  for (const part of parts) yield part.make().text;
  yield markup`</main>\n<footer><p class="note">${foot}</p></footer>\n</body>\n</html>\n`.text;
}
