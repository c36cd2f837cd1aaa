// What a front-end developer writes against the generated types; compiled, never run.
import createClient from "openapi-fetch";

import type { components, paths } from "./generated/area.js";

const api = createClient<paths>({ baseUrl: "https://buriram4.krunet.example" });

export async function rolesOf(token: string): Promise<string[]> {
  const { data, error } = await api.GET("/api/v1/me", {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (error) {
    const problem: components["schemas"]["Problem"] = error;
    throw new Error(`${problem.code}: ${problem.detail}`);
  }
  return data.roles.map((held) => held.role);
}
