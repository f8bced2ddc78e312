// Without this file the page shows how things stood; with it, it follows. What comes is parsed, never run.
const connection = document.getElementById("connection");
const source = new EventSource("events");
source.onopen = () => { connection.textContent = ""; };
source.onerror = () => {
  const over = source.readyState === EventSource.CLOSED;
  connection.textContent = over ? "This page does not follow: reload it." : "The connection is lost; trying again.";
};
source.onmessage = (event) => {
  const fresh = new DOMParser().parseFromString(event.data, "text/html");
  const parts = document.querySelectorAll("[data-live]");
  if (fresh.querySelectorAll("[data-live]").length !== parts.length) return location.reload();
  for (const part of parts) {
    const now = fresh.getElementById(part.id);
    if (now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
  }
};
