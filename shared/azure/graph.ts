export interface Alert {
  readonly userObjectId: string;
  /** One of the activity types in the Teams app's manifest. */
  readonly activityType: string;
  /** At most 150 characters; a reference and a category, nothing personal. */
  readonly previewText: string;
  /** A Teams deep link (`https://teams.microsoft.com/l/...`), which Graph demands. */
  readonly deepLink: string;
}

export interface Graph {
  /** Puts an alert into the person's activity feed. A repeat shows another alert, so callers keep the outcome. @throws TeamsError */
  alertPerson(alert: Alert, how?: { readonly signal?: AbortSignal }): Promise<void>;
}

export interface GraphSettings {
  readonly botId: string;
  /** With the version, for instance `https://graph.microsoft.com/v1.0`. */
  readonly url?: string;
  /** Local and test only; without it the managed identity gives the token. */
  readonly tokenUrl?: string;
  readonly timeoutMs?: number;
}

export interface GraphDeps {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** Microsoft Graph, for activity alerts only: Graph does not let an app send messages (power-platform-and-teams.md 4.1). The client comes with the first call. */
export function connectGraph(settings: GraphSettings, deps: GraphDeps): Graph {
  let opened: Promise<Graph> | undefined;
  const open = (): Promise<Graph> => (opened ??= import('./teams/graphClient.ts').then(({ openGraph }) => openGraph(settings, deps)));
  return { alertPerson: async (alert, how) => await (await open()).alertPerson(alert, how) };
}
