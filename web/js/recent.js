// recent.js - the records that this person looked at last, in this browser: for the command palette. A record's page says its
// kind with <... data-record="Lead">.

const MOST = 8;
const key = () => `recent:${document.querySelector('meta[name=person]')?.content}`;

/* Newest first: [{ title, kind, href }]. */
export function recent() {
    try {
        return JSON.parse(localStorage.getItem(key())) ?? [];
    } catch {
        return [];
    }
}

export function remember_record() {
    const shown = document.querySelector('#main [data-record]'), title = shown?.querySelector('h1')?.textContent.trim();
    if (!title) return;
    const entry = { title, kind: shown.dataset.record, href: location.pathname };
    const all = [entry, ...recent().filter((other) => other.href !== entry.href)].slice(0, MOST);
    try {
        localStorage.setItem(key(), JSON.stringify(all));
    } catch { /* full or forbidden: nothing is remembered */ }
}

