/* record_rows.h - the first of what hangs on a record, as tables in its page: what the address asks for
 * (/invoices/7?list=payments.invoice_id), else the parts that the record keeps something of, as an invoice does of its
 * lines.
 */
#ifndef HTTP_RECORD_ROWS_H
#define HTTP_RECORD_ROWS_H

#include "http/record_page.h"

/* After record_related_fill. Sets view->shown, or view->parts; leaves both empty where there is no such. */
void record_rows_fill(struct request *req, struct record_view *view);

#endif
