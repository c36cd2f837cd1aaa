// The personal link. Its token stands behind the #, leaves by POST only, and is kept for this tab
// alone: whoever takes up a shared phone next finds a closed door.
import { send } from "../pages/sending.js";

const KEY = "krunet.panel";
const tab = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
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

export function remember(facts) {
  Object.assign(tab, facts);
  sessionStorage.setItem(KEY, JSON.stringify(tab));
}

export function forget() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

// By this a letter's link knows the device that it opened on.
const device = () => (localStorage.krunetDevice ??= crypto.getRandomValues(new Uint32Array(6)).join("-"));

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
