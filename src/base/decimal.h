/* decimal.h - exact decimals: an int64_t scaled by a power of ten. Money, rates and quantities are never floats.
 *
 *     int64_t cents;
 *     decimal_parse(STR("1234.5"), 2, &cents);   // DECIMAL_OK, 123450
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/buf.h"

enum decimal_result { DECIMAL_OK, DECIMAL_NOT_A_NUMBER, DECIMAL_TOO_PRECISE, DECIMAL_TOO_LARGE };

/* Optional sign, digits, optional '.', digits. No exponent, no grouping. Digits beyond `scale` must be zero. scale 0-9. */
enum decimal_result decimal_parse(struct str s, int scale, int64_t *out);
/* a * b / divisor, rounded half away from zero; false where it does not fit. For a quantity times a price. */
bool decimal_mul_div(int64_t a, int64_t b, int64_t divisor, int64_t *out);
/* Exactly `scale` digits after the point: 123450, 2 -> "1234.50". */
void buf_decimal(struct buf *b, int64_t value, int scale);
/* The same with thousands separated by ',' and `digits` <= scale digits shown, rounded half away from zero: for pages. */
void buf_decimal_grouped(struct buf *b, int64_t value, int scale, int digits);
/* Minor digits of an ISO 4217 currency (0, 2, 3 or 4); -1 where the code is not a currency. */
int currency_digits(struct str code);

#endif
