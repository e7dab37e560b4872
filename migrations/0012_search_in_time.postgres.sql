-- 0012_search_in_time: what waits to be sorted into the index of parts of words stays short, so that neither a search nor a save
-- waits for it. What waits already is sorted in by the first save that finds it.
ALTER INDEX search_docs_parts_idx SET (gin_pending_list_limit = 256);
