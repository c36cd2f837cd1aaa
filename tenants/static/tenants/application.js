// The secret stands behind the #, which no browser sends: it leaves this page by POST only.
import { send } from "../pages/sending.js";
import { fill, mark, typed } from "./office.js";

const API = "/api/v1/area-applications";
const link = new URLSearchParams(location.hash.slice(1));
const [proof, token] = [link.get("prove"), link.get("token")];
const byId = (id) => document.getElementById(id);
const card = byId("card");
const [confirm, again, told] = [byId("confirm"), byId("again"), byId("told")];
const NEEDS_TIME = ["waiting", "running"]; // a job
const LOOKED_AGAIN = [3_000, 30_000]; // milliseconds, while an area is being set up: ever longer
let pause = LOOKED_AGAIN[0];
let shown = {};

const post = (verb, body) => send("POST", `${API}/${verb}`, body);

async function ask(verb, button) {
  button.disabled = true; // a second press says nothing new
  const { status, code, said, words } = await post(verb, { token: proof ?? token });
  button.disabled = false;
  if (said) {
    button.hidden = true;
    show(said);
    return;
  }
  if (code === "area_name_taken") return await chooseAnother(words);
  button.hidden = status > 0 && status < 500 && status !== 429;
  told.textContent = status === 400 ? card.dataset.cut : words;
  byId("remind").hidden = status !== 400 && code !== "link_invalid";
}

async function chooseAnother(words) {
  const { said } = await post("status", { token: proof });
  if (said) show(said);
  told.textContent = words;
}

function show(application) {
  shown = application;
  const [thai, english] = [application.name_th, application.name_en];
  byId("office").textContent = document.documentElement.lang === "th" ? thai : english;
  byId("office").hidden = false;
  const reason = application.reason && `${card.dataset.reason}: ${application.reason}`;
  told.textContent = [label("state", application.state), reason, progress(application)]
    .filter(Boolean)
    .join(" · ");
  byId("area").hidden = !application.area_url;
  if (application.area_url) byId("area").href = application.area_url;
  showMessages(application.messages);
  showForms(application);
  if (NEEDS_TIME.includes(application.setting_up?.state)) lookAgain();
}

function showForms({ state, documents }) {
  const isReviewed = state === "submitted" || state === "more_wanted";
  confirm.hidden = !proof || state !== "unproven";
  opens(byId("reply"), state === "more_wanted");
  opens(byId("correct"), state === "unproven");
  opens(byId("attach"), isReviewed);
  byId("address").hidden = Boolean(proof); // another address would end this very link
  byId("keep").hidden = !token;
  byId("documents").replaceChildren(...documents.map((each) => line("li", each.file_name)));
}

// What is being typed in a form that is open already stays.
function opens(form, isOpen) {
  if (isOpen && form.hidden) fill(form, shown);
  form.hidden = !isOpen;
}

const label = (what, value) => byId(`${what}-${value}`).content.textContent;

function progress({ state, email, setting_up: job, area_state: area }) {
  if (state === "unproven") return `${card.dataset.look} ${email}`;
  if (area && area !== "provisioning" && area !== "active") return label("area", area);
  if (!job) return "";
  if (job.state === "failed" || job.state === "cancelled") return card.dataset.trouble;
  if (job.state === "succeeded") return card.dataset.invited;
  return `${card.dataset.settingUp} ${job.total ? `${job.done}/${job.total}` : "…"}`;
}

function lookAgain() {
  setTimeout(() => ask("status", again), pause);
  pause = Math.min(pause * 1.5, LOOKED_AGAIN[1]);
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

function sends(verb, bodyOf, done = showAnew) {
  const form = byId(verb);
  const [button, alert] = [form.querySelector("button"), form.querySelector(".trouble")];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    alert.textContent = "";
    const { status, said, words, errors } = await post(verb, bodyOf(form));
    button.disabled = false;
    if (status >= 200 && status < 300) {
      form.reset();
      mark(form, []);
      done(said, form);
    } else if (!mark(form, errors ?? [])) alert.textContent = words;
  });
}

function showAnew(application, form) {
  form.hidden = true;
  show(application);
}

// Only what differs is sent: the rest stays as it is.
function changed(form) {
  const now = Object.entries(typed(form)).filter(([name, value]) => value !== shown[name]);
  return { ...Object.fromEntries(now), token: proof ?? token };
}

sends("reply", changed);
sends("correct", changed);
sends("attach", (form) => {
  const body = new FormData(form);
  body.append("token", proof ?? token);
  return body;
});
sends("remind", typed, () => {
  told.textContent = card.dataset.reminded;
});

if (proof) {
  told.textContent = card.dataset.press;
  confirm.hidden = false;
  confirm.onclick = () => ask("prove", confirm);
} else if (token) {
  again.onclick = () => ask("status", again);
  again.onclick();
} else {
  told.textContent = card.dataset.cut;
  byId("remind").hidden = false;
}
// A link from a mail, opened in the same tab, is another page.
addEventListener("hashchange", () => location.reload());
