// The secret stands behind the #, which no browser sends: it leaves this page by POST only.
const link = new URLSearchParams(location.hash.slice(1));
const states = JSON.parse(document.getElementById("states").textContent);
const told = document.getElementById("told");
const confirm = document.getElementById("confirm");

const post = async (verb, token) => {
  try {
    const answer = await fetch(`/api/v1/area-applications/${verb}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    const body = await answer.json();
    answer.ok ? show(body) : (told.textContent = `${body.title}: ${body.detail}`);
    confirm.hidden = confirm.hidden || answer.status < 500;
  } catch {
    told.textContent = "ไม่มีสัญญาณ กรุณาลองใหม่ · No connection. Please try again.";
  }
};

const show = (application) => {
  const [thai, english] = states[application.state];
  const names = `${application.name_th} · ${application.name_en}`;
  told.textContent = [names, `${thai} · ${english}`, application.reason].filter(Boolean).join("\n");
  told.style.whiteSpace = "pre-line";
  if (application.area_url) {
    const area = document.getElementById("area");
    area.href = area.textContent = application.area_url;
    area.hidden = false;
  }
};

if (link.get("prove")) {
  told.textContent = "กดปุ่มเพื่อยืนยันว่าอีเมลนี้เป็นของท่าน · Press the button: this address is yours.";
  confirm.hidden = false;
  confirm.onclick = () => post("prove", link.get("prove"));
} else if (link.get("token")) {
  post("status", link.get("token"));
} else {
  told.textContent = "ลิงก์ไม่ครบ กรุณาเปิดจากอีเมลอีกครั้ง · The link is cut. Open it from the mail again.";
}
