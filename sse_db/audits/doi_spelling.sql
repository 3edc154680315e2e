-- severity: doubt
-- group: duplicates
-- The DOI of a publication holds parts of an address or of LaTeX: the same paper may be there under its plain DOI.
-- do: Compare it with the paper's page; join the two publications with merge, or mend it with publication edit.
SELECT 'publications' AS table_name, id AS row_id, doi, title
FROM publications
WHERE
    replace(replace(replace(replace(replace(doi, '?', ''), '{', ''), '}', ''), '\', ''), ' ', '') <> doi
    OR glob('*[^ -~]*', doi)
    OR doi LIKE '%/full' OR doi LIKE '%/pdf' OR doi LIKE '%/abstract' OR doi LIKE '%/abs' OR doi LIKE '%/epdf'
    OR doi LIKE '%/meta' OR doi LIKE '%/html' OR doi LIKE '%.pdf' OR doi LIKE '%/' OR doi LIKE '%.full'
    OR (doi LIKE '%#%' AND doi NOT LIKE '%;2-#')
