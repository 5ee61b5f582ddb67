// The nouns of the browser's side: what comes from Python (payload.py, geo/wording/map.py), and what
// the modules hand each other. A place, a claim, a claimant and an observation are their numbers.

import type * as Leaflet from "leaflet";

// -- what comes from Python

export type Lang = "en" | "uk" | "ru";
export type Clock = "then" | "now";
export type Status = "agreed" | "disputed" | "one-sided" | "third-only" | "silent";
export type Controller = "ukraine" | "russia" | "contested";
/** Longitude and latitude, or the same as deltas, of a grid; a run of points for each line. */
export interface CodedLines {
  points: number[];
  lengths: number[];
}

/** The ledger in columns; see `encode_ledger`. */
export interface Payload {
  version: string;
  epoch: string;
  days: number;
  chunk: number;
  sides: string[];
  controllers: Controller[];
  kinds: string[];
  statuses: Status[];
  oblasts: number;
  places: Places;
  claimants: { id: string[]; side: number[] };
  claims: {
    days_on: number[];
    effective_back: [claim: number, days: number][];
    claimant: number[];
    said: number[];
  };
  odd_ids: Record<number, string>;
  style: CodedStyle;
}

/** Settlements, then the oblasts that anybody spoke of. */
export interface Places {
  id: string[];
  /** In the language spoken, from `speak` on. */
  name: string[];
  name_en?: string[];
  name_uk: string[];
  name_ru: string[];
  admin1: string[];
  lat: number[];
  lon: number[];
  population: (number | null)[];
  claims: number[];
}

export interface CodedStyle {
  controllers: string[];
  unknown: string;
  opacities: number[];
  fades_after: number[];
  within: number;
}

/** Outlines of countries and oblasts in columns, and their rings one after another. */
export interface CodedBorders extends CodedLines {
  grid: number;
  id: string[];
  kind: Outline["kind"][];
  country: string[];
  rings: number[];
}

/** Whose rings are those from `first` to before `end`. */
export interface Outline {
  id: string;
  kind: "country" | "admin1";
  country: string;
  first: number;
  end: number;
}

export interface Borders {
  lines: Lines;
  outlines: Outline[];
}

export type CodedReach = CodedLines & { grid: number };

/** A series of control areas as arcs; see geo/areas/topology.py. */
export interface CodedSeries {
  id: string;
  claimant: string | null;
  days: string[];
  grid: number;
  controllers: Partial<Record<Controller, CodedArcs>>;
}

/** spans: (arc, first observation, end) and inside: (place, first, end), flat. */
export interface CodedArcs extends CodedLines {
  spans: number[];
  inside: number[];
}

/** Two states of control areas, cut into what was gained, lost and kept. */
export interface CodedDifference {
  grid: number;
  rows: (CodedLines & { change: Change; controller: Controller })[];
}
export type Change = "gained" | "lost" | "kept";

/** The forms of a counted word: one, few, many … */
export type Forms = string[];

/** Words on screen; gaps are {so}. */
export interface Words extends Record<Sentence, string> {
  lang: Lang;
  plurals: Intl.LDMLPluralRule[];
  /** Names of oblasts in this language, by the gazetteer's, where they differ. */
  admin1s: Record<string, string>;
  months: string[];
  sides: string[];
  /** Names of the claimants. */
  speakers: string[];
  controllers: string[];
  statuses: string[];
  says: string[][];
  ages: Record<"same" | "ago" | "later", Forms>;
  why: Record<string, string>;
  said_so_far: Forms;
  said_later: Forms;
  latest: Forms;
  dormant_ukraine: Forms;
  dormant_russia: Forms;
  dormant: Forms;
}

export type Sentence =
  | ("slider" | "play" | "pause" | "speed" | "previous" | "next" | "keys" | "map" | "day")
  | ("speed_7" | "speed_14" | "speed_30" | "speed_90" | "clock_then" | "clock_now")
  | ("no_statements" | "no_statement" | "found_up_to" | "close" | "link" | "speaker" | "only_one")
  | ("next_here" | "previous_here" | "nothing_later")
  | ("legend" | "left_half" | "right_half" | "fill" | "agreed" | "disputed" | "ring" | "pale")
  | ("silent" | "caveat" | "credit" | "reach" | "oblasts" | "difference")
  | (
      | "area_observed"
      | "area_before"
      | "area_lost"
      | "not_heard"
      | "heard_only"
      | "shown_only"
      | "map_derived"
      | "map_inside"
      | "map_outside"
      | "map_before"
    )
  | ("tiles_failed" | "load_failed" | "report" | "search" | "search_hint" | "search_none");

/** The middle of a map and its zoom. */
export interface View {
  centre: [number, number];
  zoom: number;
}

/** Where everything is: an address each, or "#id" of a JSON block in the same page. */
export interface Sources {
  ledger: string;
  borders: string;
  reach: string;
  words: string;
  texts: string[];
  series: Record<string, { name: string; address: string }>;
  aliases?: string;
  embed?: boolean;
  /** Where errors are reported, with gaps in braces. */
  reports?: string;
  load_failed: string;
}

export interface Tiles {
  url: string;
  options: Leaflet.TileLayerOptions;
}

/** What the page around the map asks for; see `command` in element.py. */
export interface Command {
  number: number;
  heard?: number;
  date?: string;
  clock?: Clock;
  view?: string;
  place?: string | null;
  only?: Status | null;
  within?: number | null;
  areas?: string[];
  difference?: CodedDifference | null;
  background?: Tiles | null;
  centre?: [number, number];
  zoom?: number;
}

// -- days and ledger

export interface Days {
  count: number;
  clamp(day: number): number;
  iso(day: number): string;
  parse(iso: string): number;
}

export interface Ledger {
  payload: Payload;
  days: Days;
  placeCount: number;
  count: number;
  stated: Int32Array;
  effective: Int32Array;
  claimant: Int16Array;
  kind: Uint8Array;
  controller: Uint8Array;
  place: Int32Array;
  /** A slot is a place's lane; its claims run from slotStart[slot] to slotStart[slot + 1]. */
  slotStart: Int32Array;
  placeIndex: Map<string, number>;
  /** 1 where a group of statements begins. */
  begins: Uint8Array;
}

/** Whether a claimant is heard. */
export type Heard = (claimant: number) => boolean;

export interface Spells {
  size: number;
  day: Int32Array;
  claim: Int32Array;
  slotOf: Int32Array;
}

export type Heeded = Partial<Pick<Hearing, "clock" | "view" | "within">>;

/** By which clock, and whom. */
export interface Hearing {
  clock: Clock;
  view: string;
  /** Days that both sides' statements may be old in a live disagreement; Infinity: any age. */
  within: number;
  fadesAfter: number[];
}

export interface Timeline {
  /** The claim that stands in each slot, or NO_CLAIM. */
  current: Int32Array;
  seek(day: number): number[];
}

/** What the reader asks about, and what stands then. */
export interface State extends Hearing {
  day: number;
  /** The number of the status that is shown alone, or -1. */
  only: number;
  /** The chosen place, or -1. */
  place: number;
  ledger: Ledger;
  settlements: number;
  timeline: Timeline;
  heard: Heard;
  spokenDays: Int32Array;
  /** By another clock, view or age of what is live; an unknown view is refused. */
  hear(change: Heeded): void;
  /** The standing claim of each lane, or NO_CLAIM. */
  standing(place: number): number[];
  /** The code of the controller by the standing claim of a lane; -1 for none. */
  controllerOf(place: number, lane: number): number;
  statusOf(place: number): Status;
  /** Whether the sides' standing statements, which differ, are both recent enough. */
  isLive(place: number): boolean;
  /** What matters lies above: live disagreements, then newer statements. */
  rankOf(place: number): number;
  /** Which glyph a place has on the day, as one number. */
  glyphOf(place: number): number;
  /** How many groups of statements began on each day, in the view. */
  spokenPerDay(): Int32Array;
  /** The number of a place by its id; an unknown one is refused. */
  indexOf(id: string): number;
}

// -- drawing

export type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Colours and sizes of what is drawn on canvases. */
export interface Style extends CodedStyle {
  names: Controller[];
  fills: Map<string, CanvasPattern> | undefined;
  paper: string;
  ink: string;
  land: string;
  border: string;
  admin1: string;
}

/** What a glyph shows of a lane; null when it is silent. */
export type Lane = { controller: number; pale: number } | null;

/** Pixels as ImageData has them, a number each. */
export interface Raster {
  pixels: Uint32Array;
  width: number;
  height: number;
}

/** And where they lie around the centre of a glyph; runs: (row, first, end) of what is not empty. */
export interface Picture extends Raster {
  runs: number[];
  left: number;
  top: number;
}

export type Pictures = (part: number, radius: number) => Picture;

/** Points in parts of the world's width. */
export interface World {
  x: Float64Array;
  y: Float64Array;
}

export interface Lines extends World {
  start: Int32Array;
  /** The first and the last point of each line, as one number. */
  head: Float64Array;
  tail: Float64Array;
}

/** Turns a point in parts of the world's width into pixels of a canvas: point * world - x. */
export interface Frame {
  world: number;
  x: number;
  y: number;
  size: Leaflet.Point;
}

export type Draw = (context: CanvasRenderingContext2D, frame: Frame) => void;

export interface Series extends CodedSeries {
  observed: Int32Array;
  parts: SeriesPart[];
}

export interface SeriesPart {
  controller: Controller;
  lines: Lines;
  spans: Int32Array;
  inside: Int32Array;
}

export interface OblastParts {
  places: Places;
  /** The first oblast among the places. */
  first: number;
  style: Style;
  controllerOf(place: number, lane: number): number;
  isSelected(place: number): boolean;
}

export type DifferenceRow = { change: Change; controller: Controller; lines: Lines };

/** Left, top, right, bottom. */
export type Box = [number, number, number, number];

/** A name beside a glyph; no text for a place that has but its mark of being chosen. */
export interface Named {
  text: string;
  x: number;
  y: number;
  radius: number;
  /** Radius of the mark of the chosen one. */
  room: number;
  selected: boolean;
  weight: number;
}

/** What the layer of settlements asks of what it draws. */
export interface Model {
  places: Places;
  /** The first so many places are settlements. */
  count: number;
  style: Style;
  stateOf(place: number): number;
  /** A place of a higher rank lies above. */
  rankOf(place: number): number;
  isSelected(place: number): boolean;
  /** Whether only some places are shown. */
  some(): boolean;
  /** What lies over the map, in its pixels. */
  panels(): Box[];
}

/** Places to draw, the topmost last, on a canvas of a size. */
export interface Packing {
  places: Int32Array;
  at: { x: Float32Array; y: Float32Array };
  radiusOf(place: number): number;
  count: number;
  width: number;
  height: number;
}

/** Hundreds of places, each drawn as it is in `states`, at `scale` pixels for one of the page. */
export interface Scattering extends Pick<Packing, "places" | "at" | "radiusOf"> {
  states: Int16Array;
  /** Which of two places lies above: positive for the first. */
  above(one: number, other: number): number;
  pictures: Pictures;
  scale: number;
}

/** Draws places on a canvas: those that were painted reach it with the next flush. */
export interface Drawing {
  paint(place: number, state: number): void;
  flush(): void;
}

// -- the card and the bar

export interface Text {
  outlet?: string;
  url?: string;
}

export interface Texts {
  want(claim: number): void;
  get(claim: number): Text;
}

export interface Said extends Text {
  id: string;
  says: string;
  speaker: string;
  iso: string;
  controller: Controller;
  age: number;
  aside: number;
}

export interface LaneRecord {
  side: string;
  index: string;
  /** Whether the view hears anybody of the side. */
  heard: boolean;
  claim: Said | null;
}

export interface DayOf {
  day: number;
  iso: string;
}

export interface PlaceRecord {
  place: number;
  name: string;
  names: string;
  iso: string;
  status: string;
  counts: string;
  previous: DayOf | null;
  next: DayOf | null;
  lanes: LaneRecord[];
}

/** What a series of control areas shows of the place, which nobody stated. */
export interface MapRecord {
  name: string;
  said: string;
  controller?: Controller;
}

export interface Why {
  rule: string;
  lanes: { side: string; lines: { line: string; stands: boolean }[] }[];
}

export interface LegendParts {
  words: Words;
  style: Style;
  within: number;
  open: boolean;
  toggled: () => void;
}

export interface ReportParts {
  version: string;
  /** The address of the view that is shown. */
  view: () => string;
  text: string;
}

export type ReportOf = (claim: string) => HTMLAnchorElement | null;

export interface CardParts {
  words: Words;
  report: ReportOf;
  close: () => void;
  go: (day: number) => void;
  why: (place: number) => Why;
}

export interface Card {
  show(shown: (PlaceRecord & { maps: MapRecord[] }) | null): void;
}

export interface Player {
  playing(): boolean;
  pause(): void;
  play(from: number): void;
}

export interface Bar {
  player: Player;
  show(day: number, clockWords: string): void;
  redraw(): void;
}

export interface BarActions {
  move(day: number): void;
  released(): void;
  step(direction: number): void;
}

export interface PlayerParts {
  /** Days a second. */
  speed(): number;
  move(day: number): void;
  ended(): void;
  shown(playing: boolean): void;
  last: number;
}

/** The page around the map. */
export interface Host {
  send(): void;
  heard(number: number, command?: number | string): void;
  quiet(): boolean;
  /** Act without telling the page. */
  quietly(act: () => void): void;
}

export interface Background {
  restyle(): void;
  tiles(chosen: Tiles | null | undefined): void;
}

export interface Shown {
  repaint(): void;
  show(wanted: string[]): void;
  ids(): string[];
  compare(coded: CodedDifference | null | undefined): void;
  seek(places: number[]): void;
  select(): void;
  pick(point: Leaflet.Point): number;
  of(place: number): MapRecord[];
}

export interface ShownParts {
  sources: Sources;
  borders: Borders;
  payload: Payload;
  days: Days;
  words: Words;
  style: Style;
  state: State;
  container: HTMLElement;
  changed: () => void;
}

export interface Found {
  place: number;
  best: number;
  spelling: string;
}

// -- wiring

export interface Loaded {
  payload: Payload;
  borders: Borders;
  words: Words;
  sources: Sources;
}

export interface Actions {
  setDay(day: number): void;
  choose(place: number): void;
  visit(place: number): void;
  open(): void;
  stepStatement(direction: number): void;
  hear(change: Heeded): void;
  setOnly(only: number): void;
}

export interface Parts {
  map: Leaflet.Map;
  container: HTMLElement;
  payload: Payload;
  words: Words;
  days: Days;
  state: State;
  layer: import("./painter.js").SettlementLayer;
  shown: Shown;
  background: Background;
  bar: Bar;
  host: Host;
}

export interface Keys {
  day(step: number): void;
  pan(x: number, y: number): void;
  zoom(step: number): void;
  play(): void;
  statement(step: number): void;
  walk(step: number): void;
  leave(): void;
}

export interface Standing {
  controller: Controller;
  kind: string;
  stated_on: string;
  claim_id: string;
}

/** `window.frontline`, once it is ready. */
export interface Frontline {
  setDate(iso: string): void;
  date(): string;
  select(id: string | null): void;
  fold(text: string): string;
  knows(id: string): boolean;
  visit(id: string): void;
  selected(): string | null;
  standing(id: string): {
    status: Status;
    ukraine: Standing | null;
    russia: Standing | null;
    third: Standing | null;
  };
  setClock(clock: Clock): void;
  setView(view: string): void;
  setOnly(status: Status | null | undefined): void;
  setWithin(days: number | null): void;
  isLive(id: string): boolean;
  setAreas(ids: string[]): void;
  areas(): string[];
  visible(): string[];
  discs(): { id: string; x: number; y: number; radius: number }[];
  play(): void;
  pause(): void;
  locate(id: string): Leaflet.Point;
  apply(command: Command): void;
}

declare global {
  interface Window {
    startFrontline(map: Leaflet.Map, sources: Sources, view?: View): void;
    frontline: Partial<Frontline> & {
      ready: Promise<void>;
      apply(command: Command): void | Promise<void>;
    };
    /** Of streamlit-folium. */
    Streamlit?: { setComponentValue(value: object): void };
  }
}

// What Leaflet's classes have for those who extend them, and its types leave out.
declare module "leaflet" {
  interface Renderer {
    _bounds: Bounds;
    _container: HTMLElement;
    _update(): void;
  }
  interface Map {
    _animatingZoom: boolean;
    _zoomAnimated: boolean;
  }
}
