import { Maximize2 } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { useStore } from "zustand";
import { figureCsv, figureSvg } from "../../shared/figure-svg.ts";
import type { Figure } from "../../shared/study.ts";
import { theme } from "../session/theme.ts";
import { Button } from "../widgets/Button.tsx";
import { fileName, saveText } from "./save.ts";

/** A figure as wide as its place. */
export function Drawing({ figure, ratio = 0.68 }: { figure: Figure; ratio?: number }) {
  const shown = useStore(theme, (s) => s.shown);
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const fit = new ResizeObserver(() => setWidth(place.current?.clientWidth ?? 0));
    setWidth(place.current!.clientWidth);
    fit.observe(place.current!);
    return () => fit.disconnect();
  }, []);
  const svg = useMemo(
    () => (width === 0 ? "" : figureSvg(figure, { width, height: width * ratio, theme: shown })),
    [figure, width, ratio, shown],
  );
  // our own drawing, every text in it escaped
  // oxlint-disable-next-line react/no-danger
  return <div ref={place} className="drawing" dangerouslySetInnerHTML={{ __html: svg }} />;
}

interface Props {
  figure: Figure;
  /** begins the names of its files */
  study: string;
  onEnlarge: () => void;
}

/** A figure in the gallery. */
export function Picture({ figure, study, onEnlarge }: Props) {
  return (
    <figure className="picture" data-testid="picture">
      <Drawing figure={figure} />
      <figcaption className="picture-tools">
        <span className="quiet">{figure.of !== null && `beside ${figure.of}`}</span>
        <SaveFigure figure={figure} study={study} />
        <Button
          kind="quiet"
          icon={<Maximize2 size={14} aria-hidden="true" />}
          label={`Enlarge: ${figure.title}`}
          onClick={onEnlarge}
        />
      </figcaption>
    </figure>
  );
}

const PRINTED = { width: 800, height: 520, theme: "light" } as const;

export function SaveFigure({ figure, study }: { figure: Figure; study: string }) {
  return <SaveTools title={figure.title} study={study} figureOf={() => figure} />;
}

interface SaveProps {
  title: string;
  /** begins the names of its files */
  study: string;
  /** asked when it is saved */
  figureOf: () => Figure;
}

export function SaveTools({ title, study, figureOf }: SaveProps) {
  const save = (ending: string, type: string, textOf: (figure: Figure) => string) => {
    const figure = figureOf();
    saveText(fileName(study, `${figure.id}.${ending}`), type, textOf(figure));
  };
  return (
    <>
      <Button
        kind="quiet"
        label={`SVG: ${title}`}
        title="Save this picture as SVG, on white"
        onClick={() => save("svg", "image/svg+xml", (figure) => figureSvg(figure, PRINTED))}
      >
        SVG
      </Button>
      <Button
        kind="quiet"
        label={`CSV: ${title}`}
        title="Save what it shows as CSV"
        onClick={() => save("csv", "text/csv", figureCsv)}
      >
        CSV
      </Button>
    </>
  );
}
