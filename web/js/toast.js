// toast.js - messages that pass: six seconds, held while the pointer or the focus is on them; errors stay until dismissed.
import { say } from './say.js';

const SECONDS = 6;

function arm(toast) {
    if (toast.dataset.armed) return;
    toast.dataset.armed = 'true';
    if (toast.classList.contains('bad')) return;
    let timer = 0;
    const stop = () => clearTimeout(timer);
    const start = () => {
        stop();
        timer = setTimeout(() => toast.remove(), SECONDS * 1000);
    };
    for (const event of ['pointerenter', 'focusin']) toast.addEventListener(event, stop);
    for (const event of ['pointerleave', 'focusout']) toast.addEventListener(event, start);
    start();
}

const arm_all = () => document.querySelectorAll('.toasts .toast').forEach(arm);

function icon(name) {
    const mark = document.createElement('i');
    mark.className = `i i-${name}`;
    mark.setAttribute('aria-hidden', 'true');
    return mark;
}

/* Says `text`; `again` is called by a button "Try again". */
export function toast(text, { bad = false, again = null } = {}) {
    const region = document.getElementById('toasts');
    if (!region) return;
    const box = document.createElement('div');
    box.className = bad ? 'toast bad' : 'toast';
    if (bad) box.setAttribute('role', 'alert');
    const words = document.createElement('span');
    words.textContent = text;
    box.append(icon(bad ? 'alert' : 'ok'), words);
    if (again) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = say('Try again');
        button.addEventListener('click', () => { box.remove(); again(); });
        box.append(button);
    }
    const close = document.createElement('button');
    close.type = 'button';
    close.setAttribute('aria-label', say('Dismiss'));
    close.dataset.dismiss = '';
    close.append(icon('x'));
    box.append(close);
    region.append(box);
    arm(box);
}

document.addEventListener('click', (event) => {
    const button = event.target.closest('.toast [data-dismiss]');
    if (!button) return;
    event.preventDefault();
    button.closest('.toast').remove();
});
document.addEventListener('htmx:before:swap', (event) => {
    if (event.detail.ctx.target === document.body) document.querySelectorAll('.toasts .toast').forEach((old) => old.remove());
});
for (const event of ['htmx:after:swap', 'tenon:toasts']) document.addEventListener(event, arm_all);
document.addEventListener('htmx:error', () =>
    toast(say('No answer from the server. What you typed is still here.'), { bad: true }));
arm_all();
