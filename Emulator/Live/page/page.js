// Polls the emulator's state and shows it. Everything that a user may have written goes in as text, never as markup.
const maxRows = 500;
const pollInterval = 1000;
const byId = (id) => document.getElementById(id);
const rows = byId('activities');
const filter = byId('filter');
let last = 0;

function element(name, text, ...children) {
  const node = document.createElement(name);
  if (text !== null) {
    node.textContent = text;
  }

  node.append(...children);
  return node;
}

function table(headings, lines) {
  const head = element('thead', null, element('tr', null, ...headings.map((heading) => element('th', heading))));
  const body = element('tbody', null, ...lines.map((cells) => element('tr', null, ...cells.map((cell) => element('td', String(cell))))));
  return element('table', null, head, body);
}

function showHub(hub) {
  const details = element('details', null);
  details.id = `hub-${hub.name}`;
  details.open = byId(details.id)?.open ?? true;
  details.append(element('summary', `${hub.name}: ${hub.connectionCount} connections, ${hub.groupCount} groups`));
  if (hub.connections.length > 0) {
    details.append(table(
      ['Connection', 'User', 'Protocol', 'State', 'Groups'],
      hub.connections.map((c) => [c.id, c.userId ?? '(anonymous)', c.protocol, c.isOnline ? 'online' : 'recovering', c.groups.join(', ')])));
  }

  if (hub.groups.length > 0) {
    details.append(table(['Group', 'Members'], hub.groups.map((group) => [group.name, group.memberCount])));
  }

  return details;
}

function matchesFilter(row) {
  return row.textContent.toLowerCase().includes(filter.value.toLowerCase());
}

function showActivity(activity) {
  const what = element('td', activity.text);
  if (activity.payload !== null) {
    what.append(element('pre', activity.payload));
  }

  const took = activity.milliseconds === null ? '' : activity.milliseconds.toFixed(1);
  const row = element('tr', null,
    element('td', new Date(activity.time).toISOString().slice(11, 23)),
    element('td', activity.kind),
    element('td', activity.hub),
    element('td', activity.connectionId ?? ''),
    what,
    element('td', took));
  row.className = activity.kind;
  row.hidden = !matchesFilter(row);
  rows.prepend(row);
}

function show(state) {
  byId('endpoint').textContent = state.endpoint;
  byId('hubs').replaceChildren(...state.hubs.map(showHub));
  for (const activity of state.activities) {
    showActivity(activity);
    last = activity.id;
  }

  while (rows.childElementCount > maxRows) {
    rows.lastElementChild.remove();
  }
}

async function poll() {
  if (!byId('paused').checked) {
    try {
      const response = await fetch(`/live/state?after=${last}`);
      show(await response.json());
      byId('status').textContent = 'Live';
    } catch {
      byId('status').textContent = 'The emulator does not answer.';
      last = 0;
    }
  }

  setTimeout(poll, pollInterval);
}

filter.addEventListener('input', () => {
  for (const row of rows.children) {
    row.hidden = !matchesFilter(row);
  }
});
byId('clear').addEventListener('click', () => rows.replaceChildren());
byId('controls').addEventListener('submit', (event) => event.preventDefault());
poll();
