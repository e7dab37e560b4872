/* decimal.c - exact decimals in an int64_t scaled by a power of ten (decimal.h). */
#include "base/decimal.h"

static const int64_t decimal_powers[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};

static bool decimal_digit(struct str s, size_t i) {
    return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

/* Kept below zero, as INT64_MIN has no positive twin. */
static bool decimal_append(int64_t *n, int digit) {
    return !__builtin_mul_overflow(*n, 10, n) && !__builtin_sub_overflow(*n, digit, n);
}

enum decimal_result decimal_parse(struct str s, int scale, int64_t *out) {
    bool negative = s.len && s.ptr[0] == '-', fits = true, precise = true;
    size_t i = s.len && (negative || s.ptr[0] == '+') ? 1 : 0;
    if (!decimal_digit(s, i)) return DECIMAL_NOT_A_NUMBER;
    int64_t n = 0;
    for (; decimal_digit(s, i); i++) fits = fits && decimal_append(&n, s.ptr[i] - '0');
    int places = 0;
    if (i < s.len && s.ptr[i] == '.') {
        if (!decimal_digit(s, ++i)) return DECIMAL_NOT_A_NUMBER;
        for (; decimal_digit(s, i); i++) {
            if (places < scale) {
                fits = fits && decimal_append(&n, s.ptr[i] - '0');
                places++;
            } else if (s.ptr[i] != '0') {
                precise = false;
            }
        }
    }
    if (i != s.len) return DECIMAL_NOT_A_NUMBER;
    for (; places < scale; places++) fits = fits && decimal_append(&n, 0);
    if (!fits || (!negative && n == INT64_MIN)) return DECIMAL_TOO_LARGE;
    if (!precise) return DECIMAL_TOO_PRECISE;
    *out = negative ? n : -n;
    return DECIMAL_OK;
}

/* Digits of n, at least `width`, padded with zeros. */
static void decimal_padded(struct buf *b, uint64_t n, int width) {
    char digits[20];
    char *p = digits + sizeof digits;
    for (; n || width > 0; n /= 10, width--) *--p = (char)('0' + n % 10);
    buf_add(b, (struct str){p, (size_t)(digits + sizeof digits - p)});
}

static uint64_t decimal_magnitude(int64_t value) {
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

void buf_decimal(struct buf *b, int64_t value, int scale) {
    char digits[22];
    char *p = digits + sizeof digits;
    uint64_t n = decimal_magnitude(value);
    // From the last digit on, with the point on the way; at least one digit stands before it.
    for (int place = 0; n || place <= scale; place++, n /= 10) {
        if (place == scale && place) *--p = '.';
        *--p = (char)('0' + n % 10);
    }
    if (value < 0) *--p = '-';
    buf_add(b, (struct str){p, (size_t)(digits + sizeof digits - p)});
}

static void decimal_group(struct buf *b, uint64_t n) {
    if (n < 1000) {
        decimal_padded(b, n, 1);
        return;
    }
    decimal_group(b, n / 1000);
    buf_char(b, ',');
    decimal_padded(b, n % 1000, 3);
}

void buf_decimal_grouped(struct buf *b, int64_t value, int scale, int digits) {
    uint64_t cut = (uint64_t)decimal_powers[scale - digits], shown = (uint64_t)decimal_powers[digits];
    uint64_t n = (decimal_magnitude(value) + cut / 2) / cut;
    if (value < 0 && n) buf_char(b, '-');
    decimal_group(b, n / shown);
    if (digits == 0) return;
    buf_char(b, '.');
    decimal_padded(b, n % shown, digits);
}

/* ISO 4217: the active codes, each followed by its minor digits, in order. Codes without minor unit (gold, tests) are left out.
 */
static const char decimal_currencies[] =
    "AED2AFN2ALL2AMD2AOA2ARS2AUD2AWG2AZN2BAM2BBD2BDT2BHD3BIF0BMD2BND2BOB2BOV2BRL2BSD2BTN2BWP2BYN2BZD2CAD2CDF2CHE2CHF2"
    "CHW2CLF4CLP0CNY2COP2COU2CRC2CUP2CVE2CZK2DJF0DKK2DOP2DZD2EGP2ERN2ETB2EUR2FJD2FKP2GBP2GEL2GHS2GIP2GMD2GNF0GTQ2GYD2"
    "HKD2HNL2HTG2HUF2IDR2ILS2INR2IQD3IRR2ISK0JMD2JOD3JPY0KES2KGS2KHR2KMF0KPW2KRW0KWD3KYD2KZT2LAK2LBP2LKR2LRD2LSL2LYD3"
    "MAD2MDL2MGA2MKD2MMK2MNT2MOP2MRU2MUR2MVR2MWK2MXN2MXV2MYR2MZN2NAD2NGN2NIO2NOK2NPR2NZD2OMR3PAB2PEN2PGK2PHP2PKR2PLN2"
    "PYG0QAR2RON2RSD2RUB2RWF0SAR2SBD2SCR2SDG2SEK2SGD2SHP2SLE2SOS2SRD2SSP2STN2SVC2SYP2SZL2THB2TJS2TMT2TND3TOP2TRY2TTD2"
    "TWD2TZS2UAH2UGX0USD2USN2UYI0UYU2UYW4UZS2VED2VES2VND0VUV0WST2XAD2XAF0XCD2XCG2XOF0XPF0YER2ZAR2ZMW2ZWG2";

int currency_digits(struct str code) {
    if (code.len != 3) return -1;
    size_t low = 0, high = sizeof decimal_currencies / 4;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const char *entry = decimal_currencies + 4 * middle;
        int order = memcmp(code.ptr, entry, 3);
        if (order == 0) return entry[3] - '0';
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return -1;
}

/* Wide enough for any product of two 64-bit numbers. */
__extension__ typedef __int128 wide;

bool decimal_mul_div(int64_t a, int64_t b, int64_t divisor, int64_t *out) {
    wide product = (wide)a * b, by = divisor;
    if (by < 0) product = -product, by = -by;
    wide half = by / 2, rounded = product < 0 ? -((-product + half) / by) : (product + half) / by;
    if (rounded > INT64_MAX || rounded < INT64_MIN) return false;
    *out = (int64_t)rounded;
    return true;
}
