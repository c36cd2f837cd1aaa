// What a certificate states stands behind the #, which no browser sends: it is asked about by POST.
import { send } from "../pages/sending.js";

const byId = (id) => document.getElementById(id);
const lang = document.documentElement.lang;
const [result, again, paste] = [byId("result"), byId("again"), byId("paste")];
const days = new Intl.DateTimeFormat(lang === "th" ? "th-TH-u-ca-buddhist" : "en-GB", {
  dateStyle: "long",
  timeZone: "Asia/Bangkok",
});
const day = (text) => days.format(new Date(text));
const hours = (minutes) => (Math.floor((minutes * 100) / 60) / 100).toFixed(2); // cut, as on paper
const words = (name) => byId(name).content.textContent;
let shown = "";

async function check(signed) {
  shown = signed;
  byId("found").hidden = false;
  byId("statement").hidden = again.hidden = true;
  result.textContent = result.dataset.checking;
  result.className = "";
  const { said, words: trouble } = await send("POST", "/api/v1/certificates/verify", { signed });
  again.hidden = Boolean(said);
  result.textContent = said ? words(`result-${said.result}`) : trouble;
  result.className = said?.result === "valid" ? "good" : "bad";
  if (said?.statement) show(said);
}

function show({ statement, issuer, revoked_at: revoked }) {
  byId("name").textContent = statement.teacher_name;
  byId("school").textContent = statement.school_name;
  byId("issuer").textContent = lang === "th" ? issuer.name_th : issuer.name_en;
  byId("days").textContent = `${day(statement.first_day)} – ${day(statement.last_day)}`;
  byId("issued").textContent = day(statement.issued_at);
  for (const each of document.querySelectorAll(".gone")) each.hidden = !revoked;
  if (revoked) byId("revoked").textContent = day(revoked);
  const rows = Object.entries(statement.hours).map(([kind, minutes]) => [words(`kind-${kind}`), minutes]);
  rows.push([byId("hours").dataset.total, statement.credit_minutes]);
  byId("hours").replaceChildren(...rows.flatMap(([what, minutes]) => [element("dt", what), element("dd", hours(minutes))]));
  byId("statement").hidden = false;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

paste.addEventListener("submit", (event) => {
  event.preventDefault();
  const given = paste.elements.signed.value.trim().split("#").pop();
  if (given) check(given);
});
again.addEventListener("click", () => check(shown));
addEventListener("hashchange", () => check(location.hash.slice(1)));
if (location.hash.length > 1) check(location.hash.slice(1));
