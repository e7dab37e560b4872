/* text.c - e-mail addresses, URLs, names and folding (text.h). Phone numbers are in text_phone.c. */
#include "base/text.h"

#include "base/buf.h"
#include "base/utf8.h"

/* Base letters of U+00C0 to U+024F and of U+1E00 to U+1EFF; a capital stands for two letters, a point for "as it is". */
static const char text_latin[] =
    "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTyaaaaaaccccccccddddeeeeeeeeeegggggggg"
    "hhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzsbbbb...c"
    "cdddd....ff....ikkl..nn.oo..pp......tttuu.vyyzz......................aaiioouuuuuuuuuu.aaaaAAggggkkoo"
    "oo..j...gg..nnaaAAooaaaaeeeeiiiioooorrrruuuusstt..hhn.....aaeeooooooooyy......acclt....b............";
static const char text_latin_more[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssss"
    "ssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeee"
    "iiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

static bool text_refuse(const char **why, const char *reason) {
    if (why) *why = reason;
    return false;
}

static bool text_is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool text_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static uint32_t text_lower_point(uint32_t c) {
    if (c >= 'A' && c <= 'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1); // capitals are odd here, even elsewhere
    if (c == 0x178) return 0xFF;
    if (c == 0x130) return 'i';
    if (c >= 0x100 && c <= 0x177 && c != 0x138 && c != 0x149) return c | 1;
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x410 && c <= 0x42F) return c + 32;
    return c;
}

static uint32_t text_upper_point(uint32_t c) {
    if (c == 0xFF) return 0x178;
    if (c == 0x131) return 'I'; // a dotless i
    static const unsigned steps[] = {32, 80, 1};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (c > steps[i] && text_lower_point(c - steps[i]) == c) return c - steps[i];
    }
    return c;
}

static void text_add_point(struct buf *b, uint32_t c) {
    b->len += utf8_encode(c, buf_reserve(b, 4));
}

static void text_fold_point(struct buf *b, uint32_t c) {
    static const struct {
        char letter;
        const char *pair;
    } pairs[] = {{'A', "ae"}, {'O', "oe"}, {'S', "ss"}, {'T', "th"}, {'I', "ij"}};
    if (c >= 0x300 && c <= 0x36F) return;
    char base = '.';
    if (c >= 0xC0 && c < 0x250) base = text_latin[c - 0xC0];
    if (c >= 0x1E00 && c < 0x1F00) base = text_latin_more[c - 0x1E00];
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (pairs[i].letter == base) {
            buf_cstr(b, pairs[i].pair);
            return;
        }
    }
    text_add_point(b, base == '.' ? text_lower_point(c) : (uint32_t)base);
}

struct str text_fold(struct arena *arena, struct str s) {
    struct buf b = buf_new(arena, s.len + 4);
    uint32_t c;
    while (utf8_next(&s, &c)) text_fold_point(&b, c);
    return buf_str(&b);
}

struct str text_slug(struct arena *arena, struct str s) {
    struct str folded = text_fold(arena, s);
    struct buf b = buf_new(arena, folded.len);
    uint32_t c;
    bool gap = false;
    while (utf8_next(&folded, &c)) {
        bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (kept && gap && b.len) buf_char(&b, '-');
        if (kept) buf_char(&b, (char)c);
        bool apostrophe = c == '\'' || c == 0x2019;
        gap = kept ? false : gap || !apostrophe;
    }
    return buf_str(&b);
}

/* Read letter by letter, so written large; tools/strings.mjs reads them here. */
static const char *const text_short_words =
    "ai api ca crm csv dmz dsa ftp gps json lan oem pdf rdp rsa sms ssh ssl tls ups url voip vpn wan wep wpa wpa2 wpa3";

struct str text_humanize(struct arena *arena, struct str word) {
    struct buf b = buf_new(arena, word.len + 4);
    uint32_t c;
    word = str_trim(word);
    for (size_t at = 0, next; at < word.len; at = next + 1) {
        for (next = at; next < word.len && word.ptr[next] != '_';) next++;
        struct str part = str_slice(word, at, next);
        bool large = str_in_words(text_short_words, part);
        if (at > 0) buf_char(&b, ' ');
        for (bool first = at == 0; utf8_next(&part, &c); first = false)
            text_add_point(&b, first || large ? text_upper_point(c) : c);
    }
    return buf_str(&b);
}

static bool text_starts_name(uint32_t c) {
    return c >= 0x80 ? c >= 0xC0 && c != 0xFFFD && !(c >= 0x2000 && c <= 0x206F)
                     : c > ' ' && (text_is_letter((char)c) || text_is_digit((char)c));
}

struct str text_initials(struct arena *arena, struct str name) {
    struct buf b = buf_new(arena, 8);
    struct str word;
    size_t first = 0;
    while (str_word(&name, &word)) {
        uint32_t c = 0;
        while (utf8_next(&word, &c) && !text_starts_name(c)) c = 0;
        if (c == 0) continue;
        b.len = first; // the last word's letter takes the place of the one before it
        text_add_point(&b, text_upper_point(c));
        if (first == 0) first = b.len;
    }
    return buf_str(&b);
}

/* Letters beyond ASCII may stand in a name of the Internet; spaces, controls and marks of direction may not. */
static bool text_domain_point(uint32_t c) {
    if (c < 0x80) return text_is_letter((char)c) || text_is_digit((char)c) || c == '-';
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x3004) &&
           !(c >= 0xE000 && c <= 0xF8FF) && c < 0xFE00;
}

static bool text_label(struct str label) {
    if (label.len == 0 || label.len > 63 || str_starts(label, STR("-")) || str_ends(label, STR("-"))) return false;
    uint32_t c;
    while (utf8_next(&label, &c)) {
        if (!text_domain_point(c)) return false;
    }
    return true;
}

/* Valid labels, the last not a number; how many, or 0. */
static size_t text_labels(struct str domain) {
    if (domain.len == 0 || domain.len > 253 || str_ends(domain, STR(".")) || !utf8_valid(domain)) return 0;
    struct str label = {0};
    size_t n = 0;
    while (str_split(&domain, '.', &label)) {
        if (!text_label(label)) return 0;
        n++;
    }
    size_t digits = 0;
    while (digits < label.len && text_is_digit(label.ptr[digits])) digits++;
    return digits == label.len ? 0 : n;
}

static void text_add_lower(struct buf *b, struct str s) {
    uint32_t c;
    while (utf8_next(&s, &c)) text_add_point(b, text_lower_point(c));
}

/* Dot-atoms of RFC 5321, 4.1.2; quoted local parts are not taken, as nobody has one. */
static bool text_local_part(struct str local) {
    if (local.len == 0 || local.len > 64 || str_starts(local, STR(".")) || str_ends(local, STR("."))) return false;
    if (str_find(local, STR("..")) >= 0) return false;
    for (size_t i = 0; i < local.len; i++) {
        char c = local.ptr[i];
        if (!text_is_letter(c) && !text_is_digit(c) && str_index(STR(".!#$%&'*+/=?^_`{|}~-"), c) < 0) return false;
    }
    return true;
}

bool text_email(struct arena *arena, struct str input, struct str *out, const char **why) {
    input = str_trim(input);
    ptrdiff_t at = str_index(input, '@');
    if (input.len == 0) return text_refuse(why, "Enter an e-mail address.");
    if (at < 0) return text_refuse(why, "An e-mail address has an @ in it, like name@example.com.");
    struct str local = str_slice(input, 0, (size_t)at), domain = str_slice(input, (size_t)at + 1, input.len);
    if (str_index(domain, '@') >= 0) return text_refuse(why, "Enter one e-mail address, with one @ in it.");
    if (input.len > 254) return text_refuse(why, "This is longer than an e-mail address can be.");
    if (!text_local_part(local)) return text_refuse(why, "Check the part of the e-mail address before the @.");
    if (text_labels(domain) < 2) return text_refuse(why, "Check the part of the e-mail address after the @, like example.com.");
    struct buf b = buf_new(arena, input.len + 4);
    buf_add(&b, local);
    buf_char(&b, '@');
    text_add_lower(&b, domain);
    *out = buf_str(&b);
    return true;
}

static bool text_ipv4(struct str host) {
    struct str part;
    int parts = 0;
    if (str_ends(host, STR("."))) return false;
    while (str_split(&host, '.', &part)) {
        int64_t n;
        if (part.len == 0 || part.len > 3 || !text_is_digit(part.ptr[0]) || !str_to_int(part, &n) || n > 255) return false;
        if (part.len > 1 && part.ptr[0] == '0') return false; // some read that as octal
        parts++;
    }
    return parts == 4;
}

static bool text_ipv6(struct str host) {
    if (host.len < 4 || host.ptr[0] != '[' || !str_ends(host, STR("]"))) return false;
    size_t colons = 0;
    for (size_t i = 1; i + 1 < host.len; i++) {
        char c = host.ptr[i], lower = (char)(c | 0x20);
        if (!text_is_digit(c) && !(lower >= 'a' && lower <= 'f') && c != ':' && c != '.') return false;
        colons += c == ':';
    }
    return colons >= 2 && colons <= 8;
}

static bool text_port(struct str port) {
    int64_t n;
    return port.len <= 5 && port.len && text_is_digit(port.ptr[0]) && str_to_int(port, &n) && n >= 1 && n <= 65535;
}

/* Host and optional port; typed without a scheme, the host must look like one. */
static bool text_authority(struct str authority, bool with_scheme) {
    struct str host = authority;
    size_t colon = authority.len;
    while (colon && authority.ptr[colon - 1] != ':' && authority.ptr[colon - 1] != ']') colon--;
    if (colon && authority.ptr[colon - 1] == ':') {
        host = str_slice(authority, 0, colon - 1);
        if (!text_port(str_slice(authority, colon, authority.len))) return false;
    }
    if (text_ipv4(host)) return true;
    if (text_ipv6(host)) return with_scheme;
    return text_labels(host) >= (with_scheme ? 1u : 2u);
}

bool text_url(struct arena *arena, struct str input, struct str *out, const char **why) {
    input = str_trim(input);
    if (input.len == 0) return text_refuse(why, "Enter a web address.");
    if (!utf8_valid(input)) return text_refuse(why, "This is not a web address.");
    for (size_t i = 0; i < input.len; i++) {
        char c = input.ptr[i];
        if ((unsigned char)c <= ' ' || c == 0x7F || str_index(STR("<>\"\\^`{|}"), c) >= 0) {
            return text_refuse(why, "A web address has no spaces, quotes or brackets in it.");
        }
    }
    struct str rest = input, scheme = STR("https://");
    ptrdiff_t mark = str_find(input, STR("://"));
    ptrdiff_t slash = str_index(input, '/');
    bool with_scheme = mark >= 0 && slash == mark + 1;
    if (with_scheme) {
        scheme = str_lower(arena, str_slice(input, 0, (size_t)mark + 3));
        rest = str_slice(input, (size_t)mark + 3, input.len);
        if (!str_eq(scheme, STR("https://")) && !str_eq(scheme, STR("http://"))) {
            return text_refuse(why, "A web address starts with https:// or http://.");
        }
    }
    size_t end = 0;
    while (end < rest.len && str_index(STR("/?#"), rest.ptr[end]) < 0) end++;
    struct str authority = str_slice(rest, 0, end);
    if (str_index(authority, '@') >= 0) return text_refuse(why, "A web address has no user name or @ before its path.");
    if (!text_authority(authority, with_scheme)) return text_refuse(why, "Check the name of the web site, like example.com.");
    struct buf b = buf_new(arena, input.len + 16);
    buf_add(&b, scheme);
    text_add_lower(&b, authority);
    buf_add(&b, str_slice(rest, end, rest.len));
    if (b.len > TEXT_URL_LONGEST) return text_refuse(why, "This is longer than a web address can be (2,048 characters).");
    *out = buf_str(&b);
    return true;
}
