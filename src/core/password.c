/* password.c - argon2id with a bound on how many are computed at once, and the list of passwords that are guessed first. */
#include "core/password.h"

#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>

#include "base/utf8.h"

#define PASSES 2
#define MEMORY (19u << 20)
#define AT_ONCE 2

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t places;
static char nobodys_hash[crypto_pwhash_STRBYTES]; /* verified against where there is no user, so that both take as long */

static void start(void) {
    sem_init(&places, 0, AT_ONCE);
    if (sodium_init() < 0 || crypto_pwhash_str(nobodys_hash, "nobody", 6, PASSES, MEMORY) != 0) {
        fprintf(stderr, "libsodium cannot start\n");
        abort();
    }
}

static void enter(void) {
    pthread_once(&once, start);
    while (sem_wait(&places) != 0) continue;
}

static void leave(void) {
    sem_post(&places);
}

/* What is tried first by whoever guesses; compared without case and without the digits and marks that people append. */
static const char *const common[] = {
    "password",      "passwort", "passw0rd", "p@ssword", "p@ssw0rd", "qwerty",  "qwertyuiop", "qwertz",   "azerty",    "asdfgh",
    "asdfghjkl",     "zxcvbnm",  "letmein",  "welcome",  "iloveyou", "monkey",  "dragon",     "sunshine", "princess",  "football",
    "baseball",      "superman", "batman",   "trustno",  "master",   "shadow",  "michael",    "jennifer", "jordan",    "charlie",
    "whatever",      "starwars", "pokemon",  "computer", "internet", "samsung", "freedom",    "hello",    "login",     "admin",
    "administrator", "root",     "secret",   "changeme", "default",  "temp",    "test",       "guest",    "user",      "company",
    "summer",        "winter",   "spring",   "autumn",   "monday",   "friday",  "january",    "december", "australia", "qazwsx",
    "abc",           "abcd",     "abcdef",   "abcdefgh", "aaaaaaaa", "tenon",
};

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "Password2026!" is "password" to whoever guesses. */
static struct str without_tail(struct str s) {
    while (s.len && !is_letter(s.ptr[s.len - 1])) s.len--;
    return s;
}

/* Digits alone, one character over and over, or a run of neighbours such as 12345678. */
static bool is_simple(struct str s) {
    bool same = true, run = true, digits = true;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') digits = false;
        if (i && s.ptr[i] != s.ptr[i - 1]) same = false;
        if (i && s.ptr[i] != s.ptr[i - 1] + 1 && s.ptr[i] != s.ptr[i - 1] - 1) run = false;
    }
    return same || run || (digits && s.len < 12);
}

static bool is_common(struct str plain) {
    struct str stem = without_tail(plain);
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (str_ieq(plain, str_of(common[i]))) return true;
        // A long tail of its own makes it a password that nobody guesses first.
        if (str_ieq(stem, str_of(common[i])) && plain.len - stem.len <= 6) return true;
    }
    return is_simple(plain);
}

bool password_check(struct str plain, struct errors *errors) {
    if (!utf8_valid(plain))
        return errors_add(errors, 422, "invalid", "password", "The password has characters that are not text.");
    size_t length = utf8_length(plain);
    if (length < PASSWORD_LEAST)
        return errors_add(errors, 422, "too_short", "password", "Choose a password of at least %d characters.", PASSWORD_LEAST);
    if (length > PASSWORD_MOST)
        return errors_add(errors, 422, "too_long", "password", "Choose a password of at most %d characters.", PASSWORD_MOST);
    if (is_common(plain))
        return errors_add(errors, 422, "too_common", "password",
                          "Many people use this password. Choose one that nobody guesses.");
    return true;
}

struct str password_hash(struct arena *arena, struct str plain, struct errors *errors) {
    if (!password_check(plain, errors)) return STR("");
    char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
    enter();
    int failed = crypto_pwhash_str(hash, plain.ptr, plain.len, PASSES, MEMORY);
    leave();
    if (!failed) return str_of(hash);
    errors_add(errors, 503, "out_of_memory", NULL, "The server is short of memory. Try again in a moment.");
    return STR("");
}

bool password_verify(struct str plain, struct str hash) {
    char text[crypto_pwhash_STRBYTES] = {0};
    enter();
    bool known = hash.len > 0 && hash.len < sizeof text;
    memcpy(text, known ? hash.ptr : nobodys_hash, known ? hash.len : strlen(nobodys_hash));
    bool same = crypto_pwhash_str_verify(text, plain.ptr, plain.len) == 0;
    leave();
    return known && same;
}

bool password_needs_rehash(struct str hash) {
    char text[crypto_pwhash_STRBYTES] = {0};
    pthread_once(&once, start);
    if (!hash.len || hash.len >= sizeof text) return true;
    memcpy(text, hash.ptr, hash.len);
    return crypto_pwhash_str_needs_rehash(text, PASSES, MEMORY) != 0;
}
