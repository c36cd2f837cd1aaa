// The secret stands behind the #, which no browser sends: it leaves this page by POST only.
import { send } from "../pages/sending.js";

const link = new URLSearchParams(location.hash.slice(1));
const byId = (id) => document.getElementById(id);
const card = byId("card");
const [confirm, again] = [byId("confirm"), byId("again")];
const LOOKED_AGAIN = 3_000; // milliseconds, while an area is being set up
const OPEN = ["unproven", "submitted", "more_wanted"];

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
  byId("told").textContent = [state, reason, progress(application)].filter(Boolean).join(" · ");
  byId("area").hidden = !application.area_url;
  if (application.area_url) byId("area").href = application.area_url;
  showMessages(application.messages);
  const token = link.get("token"); // the link that proves the address does nothing else
  byId("reply").hidden = !token || application.state !== "more_wanted";
  byId("correct").hidden = !token || application.state !== "unproven";
  byId("attach").hidden = !token || !OPEN.includes(application.state);
  byId("keep").hidden = !token;
  byId("correct").elements.email.placeholder = application.email;
  byId("documents").replaceChildren(...application.documents.map((each) => line("li", each.file_name)));
  const job = application.setting_up;
  if (token && job && ["waiting", "running"].includes(job.state)) {
    setTimeout(() => ask("status", token, again), LOOKED_AGAIN);
  }
}

function progress({ setting_up: job, area_url: ready }) {
  if (!job) return "";
  if (ready) return card.dataset.invited;
  if (job.state === "failed" || job.state === "cancelled") return card.dataset.trouble;
  return `${card.dataset.settingUp} ${job.total ? `${job.done}/${job.total}` : "…"}`;
}

function showMessages(messages) {
  const lines = messages.map((each) => line("p", `${card.dataset[each.from]}: ${each.text}`));
  byId("messages").replaceChildren(...lines);
  byId("messages").hidden = !lines.length;
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function sends(id, bodyOf) {
  const form = byId(id);
  const [button, alert] = [form.querySelector("button"), form.querySelector("[role=alert]")];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    alert.textContent = "";
    const { said, words } = await send("POST", `/api/v1/area-applications/${id}`, bodyOf(form));
    button.disabled = false;
    if (!said) {
      alert.textContent = words;
      return;
    }
    form.reset();
    show(said);
  });
}

sends("reply", (form) => ({ token: link.get("token"), text: form.elements.text.value }));
sends("correct", (form) => ({ token: link.get("token"), email: form.elements.email.value }));
sends("attach", (form) => {
  const body = new FormData(form);
  body.append("token", link.get("token"));
  return body;
});

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
// A link from a mail, opened in the same tab, is another page.
addEventListener("hashchange", () => location.reload());
