-- Names and address of everyone in the register: a fresh answer about the address, taken whole, over the register's.
SELECT r.* EXCLUDE ({names}), {address}
FROM register AS r LEFT JOIN newest AS a ON a.person = r.person
