import type { ColourBy, Layer } from "./view.ts";

/** Where the globe is seen from. */
export type Look =
  | "users"
  | "earth"
  | { latitudeDeg: number; longitudeDeg: number; distanceKm: number; steepnessDeg: number };

/** What a run says of itself: a tour of any run of its scenario finds its own instants and cells. */
export type Instant = "start" | "mark" | "peak" | "end" | number;

export interface Step {
  title: string;
  caption: string;
  look: Look;
  at: Instant;
  /** "peak": the cell of the peak */
  cell?: number | "peak";
  colourBy?: ColourBy;
  layers: Layer[];
}

export interface Tour {
  id: string;
  title: string;
  /** name of a bundled scenario */
  scenario: string;
  steps: Step[];
}

/** What stands still and what is asked of it is in the run; here are the words and the order. */
export const TOURS: readonly Tour[] = [
  {
    id: "storm",
    title: "A signalling storm over western Europe",
    scenario: "europe-held",
    steps: [
      {
        title: "A shell of satellites",
        caption:
          "The satellites of the scenario at the start of the run. They cross the ground at more than 7 km a second, and the cells change hands as they go.",
        look: "earth",
        at: "start",
        layers: ["satellites", "daylight"],
      },
      {
        title: "Each UE and the cell that serves it",
        caption:
          "Every dot is a UE, in the colour of its serving cell. The rings are the footprints of the beams.",
        look: "users",
        at: "start",
        layers: ["cells", "ues"],
      },
      {
        title: "Gateways and feeder links",
        caption:
          "A transparent satellite serves only while a gateway on the ground sees it. The lines are the feeder links that are in use now.",
        look: "users",
        at: "mark",
        layers: ["satellites", "cells", "feeders"],
      },
      {
        title: "The worst second",
        caption:
          "The cells by their handovers in this second, at the peak of the run. The chosen cell is the one that hands over the most UEs in one second of the whole run.",
        look: "users",
        at: "peak",
        cell: "peak",
        layers: ["cells", "events", "ues", "heat"],
      },
    ],
  },
  {
    id: "ready",
    title: "Which UEs will hand over next?",
    scenario: "dahouda-2023",
    steps: [
      {
        title: "Three cells of one satellite",
        caption: "Three cells in a row move over 62,908 UEs.",
        look: "users",
        at: "start",
        layers: ["cells", "ues", "satellites"],
      },
      {
        title: "How long each UE has left",
        caption:
          "At the marked instant geometry says when each UE leaves the contour of its cell: dark soon, bright late.",
        look: "users",
        at: "mark",
        colourBy: "leave",
        layers: ["cells", "ues"],
      },
      {
        title: "Groups of neighbours",
        caption: "The UEs are put into clusters by place, so that neighbours can be handed over together.",
        look: "users",
        at: "mark",
        colourBy: "cluster",
        layers: ["cells", "ues"],
      },
      {
        title: "What the classifier says",
        caption: "The larger, orange dots are UEs that the classifier holds for handover-ready.",
        look: "users",
        at: "mark",
        colourBy: "ready",
        layers: ["cells", "ues"],
      },
    ],
  },
  {
    id: "polar",
    title: "Sixty-six satellites from pole to pole",
    scenario: "iridium-next",
    steps: [
      {
        title: "Six planes",
        caption: "Eleven satellites in each of six planes that nearly meet over the poles.",
        look: "earth",
        at: "start",
        layers: ["satellites", "daylight"],
      },
      {
        title: "Large cells in the north",
        caption: "Around Reykjavík, cells hundreds of kilometres wide pass over the UEs.",
        look: { latitudeDeg: 64.1, longitudeDeg: -21.9, distanceKm: 4500, steepnessDeg: 75 },
        at: "mark",
        layers: ["cells", "ues", "satellites"],
      },
      {
        title: "Signal over interference and noise",
        caption:
          "SINR of each UE at the marked instant: bright is good, and the edges of the cells are dark.",
        look: "users",
        at: "mark",
        colourBy: "sinr",
        layers: ["ues"],
      },
    ],
  },
];
