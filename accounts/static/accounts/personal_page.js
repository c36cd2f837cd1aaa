// Sends what stands behind the # of the address, and the password if one is chosen, to the API.
import { send } from "../pages/sending.js";

const form = document.querySelector("form");
const told = form.querySelector("[role=alert]");
const held = new URLSearchParams(location.hash.slice(1));
const { chosen } = form.elements;

for (const [name, value] of held) {
  if (["login", "code"].includes(name) && form.elements[name]) form.elements[name].value = value;
}
if (form.dataset.cut && !held.has("token")) {
  told.textContent = form.dataset.cut;
  form.querySelector("button").disabled = true;
}
if (chosen) {
  document.getElementById("reveal").onchange = (event) => {
    chosen.type = event.target.checked ? "text" : "password";
  };
}

async function choose() {
  const body = chosen ? { [form.dataset.password]: chosen.value } : {};
  if (form.dataset.cut) body.token = held.get("token");
  for (const name of ["login", "code"]) {
    if (form.elements[name]) body[name] = form.elements[name].value.trim();
  }
  const { status, said, words } = await send("POST", form.dataset.sendsTo, body);
  if (!said) {
    told.textContent = words;
    return;
  }
  history.replaceState(null, "", location.pathname + location.search);
  form.reset();
  form.hidden = true;
  const done = document.getElementById("done");
  done.hidden = false;
  done.focus();
  // The app signs in for itself; this page keeps no session.
  if (status !== 204 && said.session_token) await send("POST", "/api/v1/auth/sign-out", {}, said.session_token);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  told.textContent = "";
  await choose();
  button.disabled = false;
});
