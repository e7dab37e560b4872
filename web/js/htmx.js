// htmx.js - partial page updates: the library, without eval, with the CSRF token.
//
// <body hx-boost:inherited="swap:outerMorph"> turns links and forms into morphs of the page; opt out with hx-boost="false".
import htmx from 'htmx.org/dist/htmx.esm.js';
import 'htmx.org/dist/ext/hx-preload.js';

const refuse = () => { throw new Error('scripts in attributes are switched off'); };

htmx.registerExtension('tenon', {
    init: (api) => {
        api.initSecurity(null, refuse, refuse);
        /* A link inside a form (Cancel) is fetched ahead as it stands, without the form's fields and token. */
        const collect = api.collectFormData;
        api.collectFormData = (element, form, ...rest) => collect(element, element.matches('a') ? null : form, ...rest);
    },
});

/* One meta element carries the token for requests that are not forms of their own. */
export function csrf_token() {
    return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}

document.addEventListener('htmx:config:request', (event) => {
    const { request } = event.detail.ctx;
    const action = new URL(request.action || location.href, document.baseURI);
    if (action.protocol !== location.protocol || action.origin !== location.origin) event.preventDefault();
    else if (request.method !== 'GET') request.headers['X-CSRF-Token'] = csrf_token();
});

/* What is on its way is not sent again: the server would do it twice. */
document.addEventListener('submit', (event) => {
    if (event.target.ariaBusy !== 'true') return;
    event.preventDefault();
    event.stopImmediatePropagation();
}, true);
/* One that the browser sends is busy until the next page comes; or for so long, as somebody may stop it. */
const PATIENCE = 20_000; // milliseconds
document.addEventListener('submit', ({ target: form, defaultPrevented }) => {
    if (defaultPrevented || form.getAttribute('method') !== 'post') return;
    form.ariaBusy = 'true';
    setTimeout(() => { form.ariaBusy = null; }, PATIENCE);
});
window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[aria-busy]')) form.ariaBusy = null;
});
const sends = ({ request, sourceElement }) => request.method !== 'GET' && sourceElement.matches('form');
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (sends(ctx)) ctx.sourceElement.ariaBusy = 'true';
});
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
    if (sends(ctx)) ctx.sourceElement.ariaBusy = null;
});

/* Answers come in any order. The page that was asked for last is the one that stays, and a part that was asked for on the page
 * before belongs there. */
let pages = 0; // asked for and shown
const asked_at = new WeakMap();
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
    if (ctx.target === document.body) pages += 1;
    asked_at.set(ctx, pages);
});
document.addEventListener('htmx:before:swap', (event) => {
    const { ctx } = event.detail;
    if (asked_at.get(ctx) !== pages) event.preventDefault();
    else if (ctx.target === document.body) pages += 1;
});

/* A page that belongs to another version of the scripts and styles is loaded whole. */
const script = document.currentScript?.getAttribute('src') ?? '';
document.addEventListener('htmx:after:request', (event) => {
    const { ctx } = event.detail;
    const whole = /^\s*<!doctype html/i.test(ctx.text);
    if (!whole || !script || ctx.text.includes(script)) return;
    event.preventDefault();
    if (ctx.request.method === 'GET') location.assign(ctx.response.raw.url || ctx.request.action);
    else location.reload();
});

/* An answer that says what to correct stays at the address of its form. */
document.addEventListener('htmx:before:history:update', (event) => {
    if (event.detail.response?.status >= 400) event.preventDefault();
});

export default htmx;
