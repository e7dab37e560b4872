/* text.h - things people type: phone numbers, e-mail addresses, URLs, names; checked, and brought to one form.
 *
 * The checks are those that catch slips and keep what is stored usable; whether a number rings or an address takes mail, only
 * trying shows. Where one returns false, *why (if not NULL) is a sentence for the person who typed, and the output is untouched.
 *
 *     struct text_phone phone;
 *     const char *why;
 *     if (!text_phone_e164(arena, STR("(02) 9374 4000 ext. 12"), STR("AU"), &phone, &why)) return errors_add(...);
 *     // phone.number is "+61293744000", phone.extension "12"
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/arena.h"
#include "base/str.h"

struct text_phone {
    struct str number;    /* E.164: '+', country code, national number; 7 to 15 digits */
    struct str extension; /* digits, or empty */
};

/* `country` (ISO 3166 alpha-2) is that of numbers typed without a country code; it may be empty or unknown. */
bool text_phone_e164(struct arena *arena, struct str input, struct str country, struct text_phone *out, const char **why);
/* One address, white space around it taken off, its domain in lower case. Domains may hold letters beyond ASCII. */
bool text_email(struct arena *arena, struct str input, struct str *out, const char **why);
#define TEXT_URL_LONGEST 2048 /* bytes, with the scheme */
/* An http or https URL, scheme and host in lower case; "example.com/x" becomes "https://example.com/x". No user name in it. */
bool text_url(struct arena *arena, struct str input, struct str *out, const char **why);

/* "Ana Maria Lopez" -> "AL": the first letters of the first and last word, as capitals. Empty where there is no letter. */
struct str text_initials(struct arena *arena, struct str name);
/* "in_progress" -> "In progress". */
struct str text_humanize(struct arena *arena, struct str word);
/* "Bob's Cafe, 2nd" -> "bobs-cafe-2nd": a-z, 0-9 and single hyphens. Empty where nothing of the kind is in it. */
struct str text_slug(struct arena *arena, struct str s);
/* For comparing what people typed: lower case, Latin letters without accents ("Müller" -> "muller", "ß" -> "ss"), combining
 * marks dropped; Greek and Cyrillic in lower case; every other character as it is. */
struct str text_fold(struct arena *arena, struct str s);

#endif
