"""From a file to rows: tables, cells, papers or foreign, doubts, loading, in this order; `pipeline` tells the story."""
