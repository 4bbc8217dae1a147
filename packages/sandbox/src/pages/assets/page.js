// The sandbox's pages work without this file; it fills in who one is and keeps the view fresh.

for (const button of document.querySelectorAll('[data-fill-username]')) {
  button.addEventListener('click', () => {
    document.getElementById('username').value = button.dataset.fillUsername;
    document.getElementById('password').value = button.dataset.fillPassword;
    document.getElementById('Login').focus();
  });
}

const main = document.getElementById('main');
const mode = main?.dataset.live ?? 'off';
// Many tasks often change within one moment; one refresh shows them all.
const SETTLE_MS = 120;

if (mode !== 'off') {
  let timer;
  let running = false;
  let again = false;

  const refresh = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const answer = await fetch(location.href, { headers: { 'x-live': '1' } });
      if (answer.redirected || answer.headers.get('content-type')?.includes('text/html') !== true) {
        location.reload();
        return;
      }
      swap(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      // The server is away; the event stream says when it is back.
    } finally {
      running = false;
      if (again) {
        again = false;
        void refresh();
      }
    }
  };

  const events = new EventSource('/lightning/events');
  let opened = false;
  events.addEventListener('open', () => {
    document.documentElement.dataset.connected = 'true';
    // After an interruption something may have passed by unseen.
    if (opened && mode === 'refresh') void refresh();
    opened = true;
  });
  events.addEventListener('commit', (event) => {
    const ids = JSON.parse(event.data).ids;
    if (mode === 'warn') {
      const warning = document.getElementById('changed-meanwhile');
      if (warning && ids.includes(warning.dataset.id)) warning.hidden = false;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(refresh, SETTLE_MS);
  });
  addEventListener('pagehide', () => events.close());
}

function swap(fresh) {
  const old = document.getElementById('live');
  const next = fresh.getElementById('live');
  if (!old || !next || old.innerHTML === next.innerHTML) return;
  const focused = document.activeElement?.id;
  const stamps = new Map();
  for (const row of old.querySelectorAll('[data-stamp]')) stamps.set(row.id, row.dataset.stamp);
  old.replaceWith(document.adoptNode(next));
  for (const row of next.querySelectorAll('[data-stamp]')) {
    if (stamps.get(row.id) !== row.dataset.stamp) row.classList.add('fresh');
  }
  if (focused) document.getElementById(focused)?.focus();
  document.getElementById('announcer').textContent = 'Updated';
}
