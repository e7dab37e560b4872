// connection.js - says when the server cannot be reached, and when it can again. <div id="connection" role="status"> stands empty
// in every page; live.js tells what became of its stream ("tenon:lost", "tenon:found"), the browser whether there is a network.
import { say } from './say.js';
let words = '';

function show() {
    const place = document.getElementById('connection');
    if (!place || place.textContent === words) return;
    place.textContent = words;
}

function tell(now) {
    words = now;
    show();
}

const lost = () => tell(navigator.onLine
    ? say('No answer from the server. Trying again.')
    : say('You are offline. What you see may be old; what you type stays here.'));
function found() {
    if (document.querySelector('[data-offline]')) location.reload();
    else if (words) tell('');
}

window.addEventListener('offline', lost);
window.addEventListener('online', found);
document.addEventListener('tenon:lost', lost);
document.addEventListener('tenon:found', found);
document.addEventListener('htmx:after:swap', show);
if (!navigator.onLine && !document.querySelector('[data-offline]')) lost();

/* The page for where there is no server at all; nothing but that (worker.js). */
if (window.isSecureContext && document.querySelector('meta[name="person"]'))
    navigator.serviceWorker?.register('/worker.js').catch(() => {});
