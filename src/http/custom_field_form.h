/* custom_field_form.h - the form of a custom field, where records are chosen by their names. */
#ifndef HTTP_CUSTOM_FIELD_FORM_H
#define HTTP_CUSTOM_FIELD_FORM_H

#include "http/form_page.h"

/* What a form is filled by beside its fields (form_page.c). */
void custom_field_form(struct request *req, struct form_view *view, const struct row *row, const struct params *typed);

#endif
