-- Keeps other writers out of the published tables until the release is done; readers go on.
LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE;
