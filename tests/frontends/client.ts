// What a front-end developer writes against the generated types; compiled, never run.
import createClient, { type Middleware } from "openapi-fetch";

import type { components, paths } from "./generated/area.js";
import type { paths as platformPaths } from "./generated/platform.js";

type Log = components["schemas"]["ActivityLog"];
type Draft = components["schemas"]["WriteLogRequest"];
type LogQuery = NonNullable<paths["/api/v1/activity-logs"]["get"]["parameters"]["query"]>;
type Problem = components["schemas"]["Problem"];

const api = createClient<paths>({ baseUrl: "https://buriram4.krunet.example" });
const platform = createClient<platformPaths>({ baseUrl: "https://krunet.example" });

class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.errors.map((each) => `${each.pointer}: ${each.detail}`).join("\n") || problem.detail);
  }
}

// Once for all calls: the credential, the language, and one way in which things go wrong.
const everyCall = (token: string): Middleware => ({
  onRequest: ({ request }) => {
    request.headers.set("Authorization", `Bearer ${token}`);
    request.headers.set("Accept-Language", "th");
  },
});

export async function areasOf(province: string): Promise<string[]> {
  const { data, error } = await platform.GET("/api/v1/areas", { params: { query: { province } } });
  if (error) throw new ProblemError(error);
  return data.items.map((area) => area.base_url);
}

export async function signIn(login: string, password: string, code: () => Promise<string>): Promise<void> {
  let { data, error } = await api.POST("/api/v1/auth/sign-in", { body: { login, password } });
  if (data?.pending_token) {
    const body = { pending_token: data.pending_token, code: await code() };
    ({ data, error } = await api.POST("/api/v1/auth/totp", { body }));
  }
  if (error) throw new ProblemError(error);
  if (data?.session_token) api.use(everyCall(data.session_token));
}

export async function* logsSince(since: string): AsyncGenerator<Log> {
  let next: LogQuery | null = { since, limit: 200 };
  while (next) {
    const query: LogQuery = next;
    const { data, error } = await api.GET("/api/v1/activity-logs", { params: { query } });
    if (error) throw new ProblemError(error);
    yield* data.items;
    next = data.next_cursor ? { ...query, cursor: data.next_cursor } : null;
  }
}

// Written offline: the id is the device's own, and the key makes a repeat harmless.
export async function sendLog(draft: Draft & { id: string }): Promise<Log> {
  const header = { "Idempotency-Key": `log-${draft.id}` };
  const { data, error, response } = await api.POST("/api/v1/activity-logs", {
    params: { header },
    body: draft,
  });
  if (error) {
    if (response.status === 422) throw new Error("this key came with another draft: make a new one");
    throw new ProblemError(error);
  }
  return data;
}

export async function sendAll(items: components["schemas"]["BatchedLogRequest"][]): Promise<string[]> {
  const { data, error } = await api.POST("/api/v1/activity-logs:batch", { body: { items } });
  if (error) throw new ProblemError(error);
  return data.results.flatMap(({ problem }) => (problem ? [problem.detail] : []));
}

// A row of a list holds its version: no second read before a change.
export async function rename(log: Log, title: string): Promise<Log> {
  const { data, error, response } = await api.PATCH("/api/v1/activity-logs/{id}", {
    params: { path: { id: log.id }, header: { "If-Match": `"${log.version}"` } },
    body: { title },
  });
  if (data) return data;
  if (response.status !== 412) throw new ProblemError(error);
  const { data: newer, error: gone } = await api.GET("/api/v1/activity-logs/{id}", {
    params: { path: { id: log.id } },
  });
  if (gone) throw new ProblemError(gone);
  return rename(newer, title); // or show both to the person
}

// An answer has all of its fields: null where there is nothing, never left out.
export function labelOf(log: Log): { title: string; minutes: number; decided: string | null } {
  return { title: log.title, minutes: log.minutes, decided: log.decided_at };
}

export function isOpen(status: components["schemas"]["LogStatus"]): boolean {
  switch (status) {
    case "submitted":
    case "returned":
      return true;
    case "verified":
      return false;
  }
}

export async function upload(file: File): Promise<string | null> {
  const form = new FormData();
  form.set("kind", "schools");
  form.set("file", file);
  const { data, error } = await api.POST("/api/v1/imports", {
    body: { kind: "schools", file: "" },
    bodySerializer: () => form,
  });
  if (error) throw new ProblemError(error);
  return data.job_id;
}

// The kind tells which document a setting has; a new version is a whole document.
type Setting = components["schemas"]["Setting"];

export function firstMonth(setting: Setting): number | null {
  return setting.kind === "calendar" ? setting.document.year_starts.month : null;
}

export async function callClusters(th: string, en: string): Promise<void> {
  const { error } = await api.POST("/api/v1/settings/{kind}/versions", {
    params: { path: { kind: "labels" } },
    body: { document: { cluster_th: th, cluster_en: en } },
  });
  if (error) throw new ProblemError(error);
}
