"""The paper's figures from any database, one file per family; each draws a Figure or says what is missing."""
