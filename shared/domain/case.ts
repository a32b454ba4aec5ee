/** A case as `decide` sees it: its state and those parts (documents, tasks, ...) that the command is about, by row key. */
export interface Case<State, Part> {
  readonly state: State;
  readonly parts: Readonly<Record<string, Part>>;
}

/** What `decide` may know besides the case and the command. */
export interface Facts {
  /** UTC, ISO 8601 with milliseconds. */
  readonly now: string;
  /** Entra object id of the person, or `system`. */
  readonly by: string;
  readonly roles: readonly string[];
}

/** One row of a list. The list's name and bucket make the partition; `sortKey` orders it. */
export interface IndexRow {
  readonly list: string;
  readonly sortKey: string;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}
