// live.js - what others change is shown as it happens. <main data-live="leads/12 notes"> names what the page shows: entities, or
// one record of one. The page's middle is then fetched anew and morphed, never while somebody works in it.
import htmx from './htmx.js';

const SOON = 400; // several changes at once are one refresh
const EVERY = 3000; // and no more than one in so long
const PATIENCE = 4000; // without the stream before it is said
const main = () => document.getElementById('main');
let source = null;
let timer = 0;
let last = 0;
let fetching = false;
let silence = 0;

const told = (what) => document.dispatchEvent(new CustomEvent(`tenon:${what}`));

const unsaved = (field) => field.value !== field.defaultValue && field.type !== 'checkbox' && field.type !== 'radio';
function busy() {
    const work = '.sortable-chosen, .held, #main .sel :checked, #main .filter-add[open], #main .editing, #main form[data-field]';
    return document.querySelector(`dialog[open], ${work}`) ||
        [...main().querySelectorAll('input, textarea')].some(unsaved);
}

async function refresh() {
    timer = 0;
    if (!main()?.dataset.live) return;
    if (busy()) {
        timer = setTimeout(refresh, EVERY);
        return;
    }
    last = Date.now();
    // Where a page knows better what to fetch, it says so: a list that has grown by further pages.
    if (!document.dispatchEvent(new CustomEvent('tenon:live', { cancelable: true }))) return;
    const folded = [...document.querySelectorAll('#main details.fieldset:not([open])')];
    const focused = main().contains(document.activeElement) ? document.activeElement : null;
    fetching = true;
    try {
        await htmx.ajax('GET', location.href, { target: '#main', select: '#main', swap: 'outerMorph' });
    } finally {
        fetching = false;
    }
    for (const section of folded) section.open = false;
    if (!focused?.isConnected) return;
    // A cell has the focus only by this, which the server does not send; Firefox takes it away a moment later.
    if (focused.tabIndex < 0) focused.tabIndex = -1;
    if (document.activeElement === document.body) focused.focus({ preventScroll: true }); // nobody went elsewhere meanwhile
}

// Work that was begun while the page was fetched is not swept away either.
document.addEventListener('htmx:before:swap', (event) => {
    if (!fetching || event.detail.ctx.target !== main() || !busy()) return;
    event.preventDefault();
    timer ||= setTimeout(refresh, EVERY);
});

function soon() {
    timer ||= setTimeout(refresh, Math.max(SOON, last + EVERY - Date.now()));
}

function concerns({ entity, id }) {
    return (main()?.dataset.live ?? '').split(' ').some((word) => word === entity || word === `${entity}/${id}`);
}

/* A page that nobody looks at, or that has nothing to show anew, holds no connection: browsers have few of them for one
 * server. */
function listen() {
    if (document.hidden || !main()?.dataset.live) {
        source?.close();
        source = null;
        clearTimeout(silence);
        silence = 0;
        return;
    }
    if (source) return;
    source = new EventSource(`/api/v1/events?after=${main().dataset.since}`);
    source.addEventListener('change', (event) => { if (concerns(JSON.parse(event.data))) soon(); });
    source.addEventListener('resync', soon);
    source.onopen = () => {
        clearTimeout(silence);
        silence = 0;
        told('found');
    };
    source.onerror = () => {
        silence ||= setTimeout(told, PATIENCE, 'lost');
        if (source?.readyState !== EventSource.CLOSED) return; // it tries again by itself
        source = null;
        setTimeout(listen, 15000);
    };
}

document.addEventListener('visibilitychange', () => {
    listen();
    if (!document.hidden) soon();
});
document.addEventListener('htmx:after:swap', (event) => {
    if (event.detail.ctx.target !== document.body) return;
    clearTimeout(timer); // the page is new as it is
    timer = 0;
    listen();
});
window.addEventListener('online', () => {
    source?.close(); // one that sleeps until its next try
    source = null;
    listen();
    soon();
});
window.addEventListener('pagehide', () => { source?.close(); source = null; });
window.addEventListener('pageshow', (event) => { if (event.persisted) listen(); });
setTimeout(listen, 1000); // a page that is only passed by asks for nothing
