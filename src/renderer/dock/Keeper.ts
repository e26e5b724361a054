import type { DockviewApi, SerializedDockview } from "dockview-react";
import { isPanel, layout, PANEL_TITLES, PANELS } from "../session/layout.ts";
import type { LayoutName, Panel, Wish } from "../session/layout.ts";
import { log } from "../session/log.ts";
import { keepLayout, keptLayout } from "./kept.ts";
import { fitted, GLOBE, homeOf, layoutOf, SIZES } from "./layouts.ts";

const KEEP_MS = 400;

/** Keeps the dock as the session's layout wants it, tells the session what can be seen, and remembers what was moved. */
export class Keeper {
  readonly #api: DockviewApi;
  readonly #room: HTMLElement;
  readonly #leave: (() => void)[] = [];
  #narrow: boolean;
  #name = layout.getState().name;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #applying = false;

  constructor(api: DockviewApi, room: HTMLElement, narrow: boolean) {
    this.#api = api;
    this.#room = room;
    this.#narrow = narrow;
    // an alert that nothing is ever written to
    room.querySelector(".dv-live-region-assertive")?.remove();
    this.#apply(keptLayout(this.#name, narrow));
    const tell = () => this.#tell();
    const heard = [
      api.onDidLayoutChange(() => {
        tell();
        this.#keepSoon();
      }),
      api.onDidActivePanelChange(({ panel }) => {
        if (!this.#applying && isPanel(panel?.id)) layout.setState({ front: panel.id });
        tell();
      }),
      api.onDidAddPanel(tell),
      api.onDidRemovePanel(tell),
    ];
    const resized = new ResizeObserver(() => this.#resize());
    resized.observe(room);
    this.#leave.push(
      () => resized.disconnect(),
      ...heard.map((one) => () => one.dispose()),
      layout.subscribe((now, before) => {
        if (now.wish && now.wish !== before.wish) this.#grant(now.wish);
        if (now.name !== before.name) this.#change(now.name, this.#narrow);
        if (now.resets !== before.resets) this.#apply(null);
      }),
      log.subscribe(({ open }) => this.#followLog(open)),
    );
  }

  dispose(): void {
    this.#keepNow();
    for (const leave of this.#leave) leave();
  }

  /** What is in front stays in front where the window becomes narrow or wide. */
  set narrow(narrow: boolean) {
    if (narrow === this.#narrow) return;
    const { front } = layout.getState();
    this.#change(this.#name, narrow);
    this.#grant({ panel: front, how: "follow" });
  }

  #change(name: LayoutName, narrow: boolean): void {
    this.#keepNow();
    this.#name = name;
    this.#narrow = narrow;
    this.#apply(keptLayout(name, narrow));
  }

  /** null: the layout as it comes. Panels that stay keep all they hold. */
  #apply(kept: SerializedDockview | null): void {
    const { clientWidth: width, clientHeight: height } = this.#room;
    const asItComes = () => layoutOf(this.#name, this.#narrow, width, height);
    this.#applying = true;
    this.#api.layout(width, height);
    try {
      this.#api.fromJSON(kept ? fitted(kept, width, height) : asItComes(), { reuseExistingPanels: true });
    } catch {
      this.#api.fromJSON(asItComes(), { reuseExistingPanels: true });
    } finally {
      this.#applying = false;
    }
    this.#tell();
  }

  /** What stands beside the globe keeps its size. */
  #resize(): void {
    const { clientWidth, clientHeight } = this.#room;
    const { width, height } = this.#api;
    if (clientWidth === 0 || (clientWidth === width && clientHeight === height)) return;
    const globe = this.#api.getPanel(GLOBE)?.group;
    const sides = this.#api.groups
      .filter((group) => group !== globe && group.api.location.type === "grid")
      .map((group) => ({ group, width: group.width, height: group.height }));
    this.#api.layout(clientWidth, clientHeight);
    for (const side of sides)
      side.group.api.setSize({
        ...(side.width < width && { width: side.width }),
        ...(side.height < height && { height: side.height }),
      });
  }

  #tell(): void {
    if (this.#applying) return;
    const shown = PANELS.filter((id) => this.#api.getPanel(id)?.api.isVisible);
    if (shown.join() === layout.getState().shown.join()) return;
    layout.setState({ shown });
    const open = shown.includes("log");
    if (open !== log.getState().open) log.setState(open ? { open, unread: 0, toasts: [] } : { open });
  }

  /** The log is also opened and closed by those who know nothing of panels. */
  #followLog(open: boolean): void {
    if (open === layout.getState().shown.includes("log")) return;
    this.#grant({ panel: "log", how: open ? "open" : "close" });
  }

  #grant({ panel, how, spare }: Wish): void {
    const found = this.#api.getPanel(panel);
    const had = document.activeElement;
    if (how === "close") return found?.api.close();
    const covered = (found ?? this.#api.getPanel(this.#neighbourOf(panel) ?? ""))?.group.activePanel?.id;
    if (isPanel(covered) && spare?.includes(covered)) return;
    if (found) found.api.setActive();
    else if (how === "open" || this.#name !== "presenter") this.#open(panel);
    // the dock tells of it later, and what is chosen next must know
    this.#tell();
    giveFocusBack(had, panel);
  }

  #open(panel: Panel): void {
    const place = homeOf(this.#name, this.#narrow, panel);
    const beside = this.#beside();
    const neighbour = this.#neighbourOf(panel);
    const size = SIZES[this.#name][place];
    this.#api.addPanel({
      id: panel,
      component: panel,
      title: PANEL_TITLES[panel],
      ...(place === "bottom" ? { initialHeight: size } : { initialWidth: size }),
      position: neighbour
        ? { referencePanel: neighbour, direction: "within" }
        : place === "bottom"
          ? { direction: "below" }
          : { referencePanel: GLOBE, direction: place },
    });
    // a presenter's globe has one panel beside it
    if (this.#name === "presenter") for (const other of beside) this.#api.getPanel(other)?.api.close();
  }

  /** An open panel of the place where this one belongs. */
  #neighbourOf(panel: Panel): Panel | undefined {
    const place = homeOf(this.#name, this.#narrow, panel);
    return this.#beside().find((other) => homeOf(this.#name, this.#narrow, other) === place);
  }

  /** Panels in the grid, not floating over it. */
  #beside(): Panel[] {
    return PANELS.filter((id) => this.#api.getPanel(id)?.api.location.type === "grid");
  }

  #keepSoon(): void {
    this.#timer ??= setTimeout(() => this.#keepNow(), KEEP_MS);
  }

  #keepNow(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    keepLayout(this.#name, this.#narrow, this.#api.toJSON());
  }
}

/** A panel that comes to the front takes no focus, unless what had it went behind. */
function giveFocusBack(had: Element | null, panel: Panel): void {
  if (!(had instanceof HTMLElement) || had === document.body) return;
  const tab = document.querySelector(`.dv-tab[data-tab-panel-id="${panel}"]`);
  const place = had.isConnected ? had : document.getElementById(tab?.getAttribute("aria-controls") ?? "");
  if (place && place !== document.activeElement) place.focus({ preventScroll: true });
}
