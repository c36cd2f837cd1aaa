// The personal link. Its token stands behind the #, leaves by POST only, and is kept for this tab
// alone: whoever takes up a shared phone next finds a closed door.
import { send } from "../pages/sending.js";

const KEY = "krunet.panel";
const store = storage("sessionStorage");
const tab = JSON.parse(store.getItem(KEY) ?? "{}");
const link = new URLSearchParams(location.hash.slice(1));
const given = link.get("token") ?? link.get("credential"); // or a recorder's

if (given && given !== tab.given) {
  for (const name of Object.keys(tab)) delete tab[name];
  Object.assign(tab, Object.fromEntries(link), { given });
}
history.replaceState(null, "", location.pathname + location.search);
for (const link of document.querySelectorAll(".switch")) link.hash = "";
remember({});
addEventListener("hashchange", () => location.reload()); // another link was opened in this tab

export const held = tab;

// A browser may be told to keep nothing: then memory does, as long as the page is open.
export function storage(name) {
  try {
    if (window[name]) return window[name];
  } catch {} // forbidden
  return {
    getItem(key) { return this[key] ?? null; },
    setItem(key, text) { this[key] = text; },
    removeItem(key) { delete this[key]; },
  };
}

export function remember(facts) {
  Object.assign(tab, facts);
  try {
    store.setItem(KEY, JSON.stringify(tab));
  } catch {} // full: the page still knows
}

export function forget() {
  store.removeItem(KEY);
  location.reload();
}

// By this a letter's link knows the device that it opened on.
const own = storage("localStorage");
const device = () => (own.krunetDevice ??= crypto.getRandomValues(new Uint32Array(6)).join("-"));

// Asks in the name of the link; a credential that has run out is exchanged anew.
export async function ask(method, path, body) {
  for (const isLast of [false, true]) {
    if (!tab.credential || isLast) {
      const exchanged = await send("POST", "/api/v1/panel/exchange", { token: tab.token ?? "", device: device() });
      if (!exchanged.said) return { ...exchanged, isLinkBad: [400, 404].includes(exchanged.status) };
      remember({ credential: exchanged.said.credential, ownLink: exchanged.said.own_link_note });
    }
    const answer = await send(method, `/api/v1/panel${path}`, body, tab.credential);
    if (answer.status !== 401 || isLast) return answer;
  }
}
