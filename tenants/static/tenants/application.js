// The secret stands behind the #, which no browser sends: it leaves this page by POST only.
import { send } from "../pages/sending.js";

const link = new URLSearchParams(location.hash.slice(1));
const byId = (id) => document.getElementById(id);
const card = byId("card");
const [confirm, again] = [byId("confirm"), byId("again")];

async function ask(verb, token, button) {
  button.disabled = true; // a second press says nothing new
  const { status, said, words } = await send("POST", `/api/v1/area-applications/${verb}`, { token });
  button.disabled = false;
  button.hidden = Boolean(said) || (status > 0 && status < 500 && status !== 429);
  if (said) show(said);
  else byId("told").textContent = status === 400 ? card.dataset.cut : words;
}

function show(application) {
  const [thai, english] = [application.name_th, application.name_en];
  byId("office").textContent = document.documentElement.lang === "th" ? thai : english;
  byId("office").hidden = false;
  const reason = application.reason && `${card.dataset.reason}: ${application.reason}`;
  const state = byId(`state-${application.state}`).content.textContent;
  byId("told").textContent = [state, reason].filter(Boolean).join(" · ");
  byId("area").hidden = !application.area_url;
  if (application.area_url) byId("area").href = application.area_url;
}

if (link.get("prove")) {
  byId("told").textContent = card.dataset.press;
  confirm.hidden = false;
  confirm.onclick = () => ask("prove", link.get("prove"), confirm);
} else if (link.get("token")) {
  again.onclick = () => ask("status", link.get("token"), again);
  again.onclick();
} else {
  byId("told").textContent = card.dataset.cut;
}
