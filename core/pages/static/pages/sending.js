// One way to ask the API, and its answer in words on which a person can act.
const texts = document.body.dataset;

// {status, said} when it went well, {status, code, words, errors} when not; status 0: no answer came.
export async function send(method, path, body, credential) {
  const headers = { "Accept-Language": document.documentElement.lang };
  const isForm = body instanceof FormData; // the browser names its boundary
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  if (credential) headers.Authorization = `Bearer ${credential}`;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: isForm ? body : body && JSON.stringify(body), cache: "no-store" });
  } catch {
    return { status: 0, words: texts.offline };
  }
  const said = await answer.json().catch(() => (answer.status === 204 ? {} : null)); // a proxy's page
  if (answer.ok && !said) return { status: 0, words: texts.offline }; // it never came to us
  if (answer.ok) return { status: answer.status, said };
  const words = inWords(answer.status, said ?? {});
  return { status: answer.status, code: said?.code, words, errors: said?.errors ?? [] };
}

function inWords(status, said) {
  if (status === 429) return texts.busy;
  if (status >= 500) return [texts.trouble, said.request_id].filter(Boolean).join(" · ");
  const details = (said.errors ?? []).map((each) => each.detail);
  return details.join(" ") || said.detail || texts.trouble;
}

// The other language's page shall know the same link.
for (const link of document.querySelectorAll(".switch")) link.hash = location.hash;
