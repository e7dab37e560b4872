/* import_api.h - POST /api/v1/{entity}/import: a CSV file, as the body (text/csv) or as the file of a form (multipart), with the
 * options of core/import.h as parameters or fields of the form.
 *
 * Up to 2 MB the answer waits for the import and tells what came of it (200). What is larger, or asked for by wait=false, runs on
 * a thread of its own: 202 and Location, where its progress stands. Either way a row in import_runs keeps what came of it, and
 * GET /api/v1/import_runs/{id}/errors the bad rows as CSV, for a week.
 */
#ifndef HTTP_IMPORT_API_H
#define HTTP_IMPORT_API_H

#include "core/import.h"
#include "http/http.h"

handler_fn api_import;
/* What the API and the page do alike: takes file and options from the request and imports, here or on a thread of its own where
 * the file is large (*waited is false then, and run_id tells where its progress stands). False with errors on the request. */
bool import_request(struct request *req, struct import_result *result, int64_t *run_id, bool *waited);
struct import_job;
/* The same in parts, for a page whose import has several steps: the file that the request brings; and a job that has all but its
 * run, with `file` for what is told of it. `keeps`: the file stays for a further run. */
bool import_request_file(struct request *req, struct import_file *file);
bool import_start(struct import_job *job, const struct import_file *file, bool wait, bool keeps, struct import_result *result,
                  bool *waited);

/* The threads of large imports; before the server starts to listen. False with an error. */
bool import_jobs_start(struct db *db, const char *files_dir, struct errors *errors);
/* Ends what is under way between two batches, and waits for it; after the server has stopped, before the database closes. */
void import_jobs_stop(void);

#endif
