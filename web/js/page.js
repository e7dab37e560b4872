// page.js - moving between pages: scroll per address, focus, popovers, what stays open, fields that send themselves.
import htmx from './htmx.js';
import { say } from './say.js';
import { toast } from './toast.js';

/* Storage may be full or forbidden; then nothing is remembered. */
function remember(store, key, value) {
    try {
        if (value === undefined) return store.getItem(key);
        store.setItem(key, value);
    } catch { /* nothing to do: the page works without */ }
    return null;
}

const scroller = () => document.querySelector('#main .scroll, #main .board');
const scroll_key = () => `scroll:${location.pathname}${location.search}`;
const save_scroll = () => {
    const area = scroller();
    if (area) remember(sessionStorage, scroll_key(), `${area.scrollTop},${area.scrollLeft}`);
};
function restore_scroll() {
    const area = scroller();
    if (!area) return;
    const [top, left] = (remember(sessionStorage, scroll_key()) ?? '0,0').split(',').map(Number);
    area.scrollTo(left, top);
    if (top > area.scrollTop + 1) area.dataset.wanted = top; // further pages may come (list.js)
}

/* Sections of the sidebar stay as somebody has put them; the others are as the page says. */
function restore_sections() {
    for (const section of document.querySelectorAll('.sidebar details[data-keep]')) {
        const closed = remember(localStorage, `closed:${section.dataset.keep}`);
        if (closed) section.open = closed === '0';
    }
}
document.addEventListener('click', (event) => {
    const section = event.target.closest?.('details[data-keep] > summary')?.parentElement;
    if (section) remember(localStorage, `closed:${section.dataset.keep}`, section.open ? '1' : '0'); // it changes after this
});
document.addEventListener('toggle', (event) => {
    if (event.target.matches('.filter-add[open]')) event.target.querySelector('select').focus();
}, true);

/* What has just been done is said once: it does not belong to the address that people keep. */
function forget_done() {
    const url = new URL(location.href);
    if (!url.searchParams.has('done')) return;
    url.searchParams.delete('done');
    url.searchParams.delete('undo');
    history.replaceState(history.state, '', url);
}

/* What was sent is not typed again; but what has been typed since stays. */
const sent = new WeakMap();
const typed = (form) => new URLSearchParams(new FormData(form)).toString();
const is_post = ({ request, sourceElement }) => request.method === 'POST' && sourceElement.matches('form');
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (is_post(ctx)) sent.set(ctx, typed(ctx.sourceElement));
});
document.addEventListener('htmx:before:swap', ({ detail: { ctx } }) => {
    if (is_post(ctx) && sent.get(ctx) !== typed(ctx.sourceElement)) sent.delete(ctx);
});

let left_at = location.pathname;
document.addEventListener('htmx:before:swap', save_scroll);
window.addEventListener('pagehide', save_scroll);
document.addEventListener('htmx:before:history:update', () => {
    document.querySelectorAll(':popover-open').forEach((open) => open.hidePopover());
});
document.addEventListener('htmx:after:swap', (event) => {
    const { ctx } = event.detail;
    forget_done();
    restore_sections();
    if (ctx.target !== document.body) return;
    if (sent.has(ctx) && ctx.response.status < 400) ctx.sourceElement.reset?.();
    restore_scroll();
    const summary = document.querySelector('[data-error-summary]');
    const moved = left_at !== location.pathname;
    left_at = location.pathname;
    if (summary) summary.focus();
    else if (moved && !document.activeElement?.closest('#main')) document.getElementById('main')?.focus({ preventScroll: true });
});
forget_done();
restore_sections();
restore_scroll();
document.querySelector('[data-error-summary]')?.focus();

/* <select data-autosubmit>: filters, sort and rows per page take effect at once; a button does it without scripts. */
document.addEventListener('change', (event) => {
    if (event.target.matches('[data-autosubmit]')) event.target.form?.requestSubmit();
});

/* <button data-reveal="ID"> shows and hides a password field. */
document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-reveal]');
    const input = button && document.getElementById(button.dataset.reveal);
    if (!input) return;
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
});

/* <button data-copy="ID"> copies what the field holds; it stays selected, for where a browser lets no script copy. */
document.addEventListener('click', async (event) => {
    const input = document.getElementById(event.target.closest('[data-copy]')?.dataset.copy);
    if (!input) return;
    input.select();
    try {
        await navigator.clipboard.writeText(input.value);
        toast(say('Copied.'));
    } catch {
        toast(say('Press Ctrl C to copy.'), { bad: true });
    }
});

export default htmx;
