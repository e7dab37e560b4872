/* text_phone.c - phone numbers to E.164 (text.h), by a table of calling codes, trunk prefixes and lengths. */
#include "base/text.h"

#include "base/buf.h"
#include "base/utf8.h"

#define PHONE_DIGITS 32
#define PHONE_MIN 7 // with the country code
#define PHONE_MAX 15
#define EXTENSION_MAX 7

struct text_country {
    char iso[3];
    char code[4];           // calling code
    char trunk[3];          // what is dialled before a national number at home; "+": a leading zero is part of the number
    unsigned char min, max; // digits of a national number
};

/* Of countries that share a code, the first stands for numbers that are typed with it. */
static const struct text_country text_countries[] = {
    {"US", "1", "1", 10, 10},  {"CA", "1", "1", 10, 10},  {"PR", "1", "1", 10, 10},  {"DO", "1", "1", 10, 10},
    {"JM", "1", "1", 10, 10},  {"TT", "1", "1", 10, 10},  {"BS", "1", "1", 10, 10},  {"BB", "1", "1", 10, 10},
    {"GB", "44", "0", 9, 10},  {"GG", "44", "0", 9, 10},  {"JE", "44", "0", 9, 10},  {"IM", "44", "0", 9, 10},
    {"IE", "353", "0", 7, 9},  {"AU", "61", "0", 9, 10},  {"NZ", "64", "0", 8, 10},  {"DE", "49", "0", 5, 13},
    {"AT", "43", "0", 4, 13},  {"CH", "41", "0", 9, 9},   {"LI", "423", "0", 7, 9},  {"FR", "33", "0", 9, 9},
    {"BE", "32", "0", 8, 9},   {"NL", "31", "0", 9, 9},   {"LU", "352", "", 4, 11},  {"ES", "34", "", 9, 9},
    {"PT", "351", "", 9, 9},   {"IT", "39", "+", 6, 12},  {"SM", "378", "+", 6, 10}, {"GR", "30", "", 10, 10},
    {"DK", "45", "", 8, 8},    {"NO", "47", "", 8, 8},    {"SE", "46", "0", 7, 10},  {"FI", "358", "0", 5, 12},
    {"IS", "354", "", 7, 9},   {"PL", "48", "", 9, 9},    {"CZ", "420", "", 9, 9},   {"SK", "421", "0", 9, 9},
    {"HU", "36", "06", 8, 9},  {"RO", "40", "0", 9, 9},   {"BG", "359", "0", 7, 9},  {"HR", "385", "0", 8, 9},
    {"SI", "386", "0", 8, 8},  {"RS", "381", "0", 7, 10}, {"BA", "387", "0", 8, 9},  {"MK", "389", "0", 8, 8},
    {"ME", "382", "0", 8, 8},  {"AL", "355", "0", 8, 9},  {"EE", "372", "", 7, 8},   {"LV", "371", "", 8, 8},
    {"LT", "370", "0", 8, 8},  {"UA", "380", "0", 9, 9},  {"BY", "375", "80", 9, 9}, {"MD", "373", "0", 8, 8},
    {"RU", "7", "8", 10, 10},  {"KZ", "7", "8", 10, 10},  {"TR", "90", "0", 10, 10}, {"CY", "357", "", 8, 8},
    {"MT", "356", "", 8, 8},   {"IL", "972", "0", 8, 9},  {"AE", "971", "0", 8, 9},  {"SA", "966", "0", 8, 9},
    {"QA", "974", "", 7, 8},   {"KW", "965", "", 7, 8},   {"BH", "973", "", 8, 8},   {"OM", "968", "", 7, 8},
    {"JO", "962", "0", 8, 9},  {"LB", "961", "0", 7, 8},  {"IQ", "964", "0", 8, 10}, {"IR", "98", "0", 10, 10},
    {"EG", "20", "0", 8, 10},  {"MA", "212", "0", 9, 9},  {"DZ", "213", "0", 8, 9},  {"TN", "216", "", 8, 8},
    {"ZA", "27", "0", 9, 9},   {"NG", "234", "0", 7, 10}, {"KE", "254", "0", 7, 10}, {"GH", "233", "0", 9, 9},
    {"UG", "256", "0", 9, 9},  {"TZ", "255", "0", 9, 9},  {"ET", "251", "0", 9, 9},  {"RW", "250", "0", 9, 9},
    {"ZM", "260", "0", 9, 9},  {"ZW", "263", "0", 5, 10}, {"NA", "264", "0", 8, 10}, {"MU", "230", "", 7, 8},
    {"SN", "221", "", 9, 9},   {"CI", "225", "", 10, 10}, {"CM", "237", "", 9, 9},   {"IN", "91", "0", 10, 10},
    {"PK", "92", "0", 9, 10},  {"BD", "880", "0", 6, 10}, {"LK", "94", "0", 9, 9},   {"NP", "977", "0", 8, 10},
    {"CN", "86", "0", 9, 11},  {"HK", "852", "", 8, 8},   {"MO", "853", "", 8, 8},   {"TW", "886", "0", 8, 9},
    {"JP", "81", "0", 9, 10},  {"KR", "82", "0", 8, 10},  {"SG", "65", "", 8, 8},    {"MY", "60", "0", 8, 10},
    {"TH", "66", "0", 8, 9},   {"VN", "84", "0", 9, 10},  {"PH", "63", "0", 8, 10},  {"ID", "62", "0", 7, 12},
    {"FJ", "679", "", 7, 7},   {"PG", "675", "", 7, 8},   {"MX", "52", "", 10, 11},  {"BR", "55", "0", 10, 11},
    {"AR", "54", "0", 10, 11}, {"CL", "56", "", 9, 9},    {"CO", "57", "", 10, 10},  {"PE", "51", "0", 8, 9},
    {"VE", "58", "0", 10, 10}, {"EC", "593", "0", 8, 9},  {"UY", "598", "0", 7, 8},  {"PY", "595", "0", 7, 9},
    {"BO", "591", "0", 8, 8},  {"CR", "506", "", 8, 8},   {"PA", "507", "", 7, 8},   {"GT", "502", "", 8, 8},
    {"SV", "503", "", 8, 8},   {"HN", "504", "", 8, 8},   {"NI", "505", "", 8, 8},   {"GE", "995", "0", 9, 9},
    {"AM", "374", "0", 8, 8},  {"AZ", "994", "0", 9, 9},  {"UZ", "998", "", 9, 9},
};

#define COUNTRY_COUNT (sizeof text_countries / sizeof *text_countries)

/* A number as it was typed, without its decoration. */
struct text_typed {
    char digits[PHONE_DIGITS];
    size_t count;
    bool plus;
    size_t zero_at; // where a "(0)" stood, 0 for none
    char extension[EXTENSION_MAX + 1];
};

static bool text_phone_refuse(const char **why, const char *reason) {
    if (why) *why = reason;
    return false;
}

static const struct text_country *text_country_of(struct str iso) {
    for (size_t i = 0; i < COUNTRY_COUNT; i++) {
        if (str_ieq(iso, str_of(text_countries[i].iso))) return &text_countries[i];
    }
    return NULL;
}

/* No calling code is the beginning of another one. */
static const struct text_country *text_country_by_code(struct str digits) {
    for (size_t i = 0; i < COUNTRY_COUNT; i++) {
        if (str_starts(digits, str_of(text_countries[i].code))) return &text_countries[i];
    }
    return NULL;
}

static bool text_phone_decoration(uint32_t c) {
    static const uint32_t marks[] = {' ', '\t', '-', '.', '/', '(', ')', '[', ']', 0xA0, 0xB7, 0x202F, 0x2212, 0xFEFF, 0xFF0D};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i] == c) return true;
    }
    // Spaces, dashes, and the invisible marks of direction that pasted numbers carry.
    return (c >= 0x2000 && c <= 0x2015) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

/* "x123", "ext. 5", "#7", ";ext=5" up to the end of the text. */
static bool text_phone_extension(struct arena *arena, struct str s, char out[EXTENSION_MAX + 1]) {
    static const char words[] = "x ext extn extension ;ext #";
    struct str lower = str_lower(arena, str_trim(s));
    size_t n = 0, digits = 0;
    while (n < lower.len && ((lower.ptr[n] >= 'a' && lower.ptr[n] <= 'z') || str_index(STR(";#"), lower.ptr[n]) >= 0)) n++;
    if (!str_in_words(words, str_slice(lower, 0, n))) return false;
    while (n < lower.len && str_index(STR(" .:=#"), lower.ptr[n]) >= 0) n++;
    while (n < lower.len && digits < EXTENSION_MAX && lower.ptr[n] >= '0' && lower.ptr[n] <= '9') out[digits++] = lower.ptr[n++];
    out[digits] = 0;
    return digits > 0 && n == lower.len;
}

static bool text_phone_scan(struct arena *arena, struct str s, struct text_typed *typed, const char **why) {
    s = str_trim(s);
    if (s.len >= 4 && str_ieq(str_slice(s, 0, 4), STR("tel:"))) s = str_slice(s, 4, s.len);
    struct str rest = s, here = s;
    uint32_t c;
    for (; utf8_next(&rest, &c); here = rest) {
        if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFF10 - '0'; // full-width digits
        if (c >= '0' && c <= '9') {
            if (typed->count == PHONE_DIGITS) return text_phone_refuse(why, "This phone number has too many digits.");
            typed->digits[typed->count++] = (char)c;
        } else if ((c == '+' || c == 0xFF0B) && typed->count == 0 && !typed->plus) {
            typed->plus = true;
        } else if (c == '(' && typed->count && str_starts(rest, STR("0)"))) {
            typed->zero_at = typed->count;
            rest = str_slice(rest, 2, rest.len);
        } else if (!text_phone_decoration(c)) {
            if (typed->count && text_phone_extension(arena, here, typed->extension)) return true;
            return text_phone_refuse(why, "A phone number is made of digits, with + before the country code.");
        }
    }
    return true;
}

/* Takes a prefix for foreign calls off the front: the country's own where it has another one, or 00. */
static struct str text_phone_abroad(struct str digits, const struct text_country *home, bool *abroad) {
    static const char *const own[][2] = {{"1", "011"}, {"61", "0011"}, {"81", "010"}, {"7", "810"}};
    for (size_t i = 0; home && i < sizeof own / sizeof *own; i++) {
        if (strcmp(home->code, own[i][0]) == 0 && str_starts(digits, str_of(own[i][1]))) {
            *abroad = true;
            return str_slice(digits, strlen(own[i][1]), digits.len);
        }
    }
    if (!str_starts(digits, STR("00"))) return digits;
    *abroad = true;
    return str_slice(digits, 2, digits.len);
}

static bool text_phone_national(struct str *number, const struct text_country *country) {
    struct str trunk = str_of(country->trunk);
    bool zero = str_eqc(trunk, "0"); // where it is another digit, it may begin a number as well
    if (trunk.len && str_starts(*number, trunk) && (zero || number->len > country->max)) {
        *number = str_slice(*number, trunk.len, number->len);
    }
    if (number->len < country->min || number->len > country->max) return false;
    if (zero && number->ptr[0] == '0') return false;
    bool american = str_eqc(str_of(country->code), "1");
    return !american || (number->ptr[0] >= '2' && number->ptr[3] >= '2');
}

static bool text_phone_finish(struct arena *arena, struct str code, struct str national, const struct text_typed *typed,
                              struct text_phone *out, const char **why) {
    size_t digits = code.len + national.len;
    if (digits < PHONE_MIN) return text_phone_refuse(why, "This phone number has too few digits.");
    if (digits > PHONE_MAX) return text_phone_refuse(why, "This phone number has too many digits.");
    out->number = str_printf(arena, "+%.*s%.*s", STR_ARG(code), STR_ARG(national));
    out->extension = str_dup(arena, str_of(typed->extension));
    return true;
}

/* A "(0)" is dialled at home only, save where the zero is part of the number. */
static struct str text_phone_with_zero(struct arena *arena, const struct text_typed *typed, bool kept) {
    struct str digits = {typed->digits, typed->count};
    if (typed->zero_at == 0 || !kept) return digits;
    struct str before = str_slice(digits, 0, typed->zero_at), after = str_slice(digits, typed->zero_at, digits.len);
    return str_printf(arena, "%.*s0%.*s", STR_ARG(before), STR_ARG(after));
}

bool text_phone_e164(struct arena *arena, struct str input, struct str country, struct text_phone *out, const char **why) {
    struct text_typed typed = {0};
    if (str_trim(input).len == 0) return text_phone_refuse(why, "Enter a phone number.");
    if (!text_phone_scan(arena, input, &typed, why)) return false;
    const struct text_country *home = text_country_of(country), *of = home;
    bool abroad = typed.plus;
    struct str digits = {typed.digits, typed.count};
    if (!abroad) digits = text_phone_abroad(digits, home, &abroad);
    if (abroad) {
        size_t prefix = typed.count - digits.len;
        of = text_country_by_code(digits);
        bool kept = of && of->trunk[0] == '+';
        digits = text_phone_with_zero(arena, &typed, kept);
        digits = str_slice(digits, prefix, digits.len);
        if (digits.len == 0 || digits.ptr[0] == '0') {
            return text_phone_refuse(why, "No country code begins with 0. Check the phone number.");
        }
        if (!of) return text_phone_finish(arena, STR(""), digits, &typed, out, why);
        digits = str_slice(digits, strlen(of->code), digits.len);
    } else {
        digits = text_phone_with_zero(arena, &typed, true);
        if (!home) return text_phone_refuse(why, "Start the phone number with + and the country code.");
    }
    struct str code = str_of(of->code), national = digits;
    if (text_phone_national(&national, of)) return text_phone_finish(arena, code, national, &typed, out, why);
    // Typed with the country code, but without the plus.
    struct str again = str_slice(digits, code.len, digits.len);
    if (!abroad && str_starts(digits, code) && text_phone_national(&again, of)) {
        return text_phone_finish(arena, code, again, &typed, out, why);
    }
    return text_phone_refuse(why, digits.len < of->min ? "This phone number has too few digits for its country."
                                                       : "This is not a phone number of its country. Check its digits.");
}
