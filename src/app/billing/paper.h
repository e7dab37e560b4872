/* paper.h - what quotes, invoices and credit notes share: a total that is the sum of their lines. */
#ifndef APP_BILLING_PAPER_H
#define APP_BILLING_PAPER_H

#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* The subtotal is what the total is without its tax. */
void paper_subtotal(struct change *change);
/* What a line of any of them says, and what paper_line computes of it; for FIELDS, after the reference to its paper. */
#define PAPER_LINE_FIELDS \
    { "position",         N_("Position"),    F_INT(0, 100000), .initial = "0" }, \
    { "product_id",       N_("Product"),     F_REF("products", SET_NULL), .section = N_("What") }, \
    { "description",      N_("Description"), F_TEXT(2000), .flags = REQUIRED | MULTILINE }, \
    { "category",         N_("Category"), \
      F_CHOICE("moving_services", "storage_services", "packing_services", "specialty_services", "equipment_rental", \
               "insurance", "labour", "hardware", "software", "subscription", "travel", "property", "commission", "other"), \
      .initial = "other" }, \
    { "subcategory",      N_("Subcategory"), F_TEXT(100) }, \
    { "quantity",         N_("Quantity"),    F_DECIMAL(3), .max = INT64_C(1000000000), .flags = REQUIRED, .initial = "1", \
      .section = N_("Price") }, \
    { "unit",             N_("Unit"),        F_TEXT(20) }, \
    { "unit_price",       N_("Price"),       F_MONEY, .min = INT64_C(-1000000000000000), .max = INT64_C(1000000000000000), \
      .flags = REQUIRED, .initial = "0" }, \
    { "currency",         N_("Currency"),    F_TEXT(3) }, \
    { "discount_percent", N_("Discount"),    F_PERCENT, .max = 10000, .initial = "0" }, \
    { "tax_rate_id",      N_("Tax"),         F_REF("tax_rates", SET_NULL) }, \
    { "tax_rate",         N_("Tax rate"),    F_DECIMAL(3), .max = 100000, .unit = "%", .initial = "0", \
      .help = N_("Stays as it is when the tax changes later.") }, \
    { "tax_amount",       N_("Tax amount"),  F_MONEY, .flags = COMPUTED }, \
    { "total_price",      N_("Total"),       F_MONEY, .flags = COMPUTED, .help = N_("With tax.") }

/* A line of it: its tax and total from quantity, price, discount and rate, in the currency of the paper of which it is a line.
 * False with an error where something does not fit. */
bool paper_line(struct ctx *ctx, struct change *change);

#endif
