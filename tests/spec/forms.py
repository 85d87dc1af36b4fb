"""Dutch forms of address, one rule each: names and addresses in, what is printed out. They are the reference page too.

Columns before the arrow are fields of `NameParts` or `PostalAddress`; those after it are what comes out: `nl` and `en`
salutations, `text nl` and `text en` the name in a sentence, `envelope`, `style` the line above it, `lines` those below.
'-' is empty. All people are made up.
"""

from __future__ import annotations

from dataclasses import dataclass

from helder.countries.nl import COUNTRY
from helder.domain.correspondence import NameParts, PostalAddress, UnaddressableError, window


@dataclass(frozen=True)
class Spec:
    """One rule, in a sentence, and the cases that show it."""

    sentence: str
    table: str

    def cases(self) -> list[tuple[dict[str, str], dict[str, str]]]:
        """Each row's fields and what must come out of them."""
        head, *rows = [[cell.strip() for cell in line.split("|")] for line in self.table.strip().splitlines()]
        arrow = head.index("→")
        found = []
        for row in rows:
            cells = ["" if cell == "-" else cell for cell in row]
            found.append(
                (
                    dict(zip(head[:arrow], cells, strict=False)),
                    dict(zip(head[arrow + 1 :], cells[arrow + 1 :], strict=True)),
                )
            )
        return found


ISOLATES = dict.fromkeys((0x2068, 0x2069), "")
"""Signs around a name that may run the other way; they are not seen."""


def printed(fields: dict[str, str], what: str) -> str:
    """What Helder prints for a name or an address; for one that cannot be used the reason, in brackets."""
    forms = COUNTRY.forms
    assert forms is not None
    try:
        if what == "lines":
            split = {k: v for k, v in fields.items() if k != "lines"}
            lines = tuple(line.strip() for line in fields.get("lines", "").split("/") if line.strip())
            return " / ".join(forms.address_lines(PostalAddress(**split, lines=lines)))
        name = NameParts(**fields)
        if what == "window":
            home = PostalAddress(street="Dorpsstraat", house_number="1", postcode="1234AB", city="Voorbeeld")
            return " / ".join(window(forms, name, home)[:-2])
        made = {
            "nl": lambda: forms.salutation(name, "nl"),
            "en": lambda: forms.salutation(name, "en"),
            "ar": lambda: forms.salutation(name, "ar").translate(ISOLATES),
            "tr": lambda: forms.salutation(name, "tr"),
            "text nl": lambda: forms.in_sentence(name, "nl"),
            "text en": lambda: forms.in_sentence(name, "en"),
            "envelope": lambda: forms.addressee(name),
            "in full": lambda: forms.in_full(name),
            "style": lambda: forms.style(name),
        }
        return made[what]()
    except UnaddressableError as error:
        return f"({error})"


SPECS = (
    Spec(
        "The salutation has 'heer' or 'mevrouw' by sex; for neither or unknown sex it has the initials.",
        """
        given_names | surname | sex | → | nl | en | text nl | text en | envelope
        Kees Anton  | Duiker  | M   | → | Geachte heer Duiker | Dear Mr Duiker | de heer Duiker | Mr Duiker | K.A. Duiker
        Lotte       | Duiker  | F   | → | Geachte mevrouw Duiker | Dear Ms Duiker | mevrouw Duiker | Ms Duiker | L. Duiker
        Kim Noor    | Duiker  | X   | → | Geachte K.N. Duiker | Dear K.N. Duiker | K.N. Duiker | K.N. Duiker | K.N. Duiker
        Kim Noor    | Duiker  | -   | → | Geachte K.N. Duiker | Dear K.N. Duiker | K.N. Duiker | K.N. Duiker | K.N. Duiker
        -           | Duiker  | X   | → | Geachte Duiker | Dear Duiker | Duiker | Duiker | Duiker
        """,
    ),
    Spec(
        "A prefix has a capital when it comes first, and keeps the register's letters after initials or a hyphen.",
        """
        given_names | prefix  | surname | partner_prefix | partner_surname | name_use | sex | → | nl | envelope
        Bo          | van der | Molen   | -      | -     | own         | M | → | Geachte heer Van der Molen | B. van der Molen
        Bo          | van der | Molen   | -      | -     | own         | X | → | Geachte B. van der Molen | B. van der Molen
        -           | van der | Molen   | -      | -     | own         | X | → | Geachte Van der Molen | Van der Molen
        Bo          | Van Der | Molen   | -      | -     | own         | X | → | Geachte B. Van Der Molen | B. Van Der Molen
        Bo          | 't      | Mannetje | -     | -     | own         | F | → | Geachte mevrouw 't Mannetje | B. 't Mannetje
        Bo          | op de   | Beek    | uit 't | Bos   | own         | F | → | Geachte mevrouw Op de Beek | B. op de Beek
        Bo          | op de   | Beek    | uit 't | Bos   | partner     | F | → | Geachte mevrouw Uit 't Bos | B. uit 't Bos
        Bo          | op de   | Beek    | uit 't | Bos   | partner_own | F | → | Geachte mevrouw Uit 't Bos-op de Beek | B. uit 't Bos-op de Beek
        Bo          | op de   | Beek    | uit 't | Bos   | own_partner | F | → | Geachte mevrouw Op de Beek-uit 't Bos | B. op de Beek-uit 't Bos
        Bo          | -       | ijzerman | -     | -     | own         | F | → | Geachte mevrouw IJzerman | B. ijzerman
        """,
    ),
    Spec(
        "The name use decides which names are used; without a known partner's name it is one's own.",
        """
        given_names | surname | partner_surname | name_use    | sex | → | nl | envelope
        Isa         | Kok     | Bakker          | own         | F | → | Geachte mevrouw Kok | I. Kok
        Isa         | Kok     | Bakker          | partner     | F | → | Geachte mevrouw Bakker | I. Bakker
        Isa         | Kok     | Bakker          | partner_own | F | → | Geachte mevrouw Bakker-Kok | I. Bakker-Kok
        Isa         | Kok     | Bakker          | own_partner | F | → | Geachte mevrouw Kok-Bakker | I. Kok-Bakker
        Isa         | Kok     | Bakker          | -           | F | → | Geachte mevrouw Kok | I. Kok
        Isa         | Kok     | -               | partner     | F | → | Geachte mevrouw Kok | I. Kok
        Isa         | Kok     | .               | partner     | F | → | Geachte mevrouw Kok | I. Kok
        Isa         | Kok     | .               | partner_own | M | → | Geachte heer Kok | I. Kok
        Isa         | .       | Bakker          | partner     | M | → | Geachte heer Bakker | I. Bakker
        """,
    ),
    Spec(
        "Initials have one letter and a full stop for each given name; a name of one letter has no full stop.",
        """
        given_names          | initials | surname | → | envelope
        Jan-Willem IJsbrand  | -     | Smit | → | J.I. Smit
        Theodora Christina   | -     | Smit | → | T.C. Smit
        Éva Ångström         | -     | Smit | → | É.Å. Smit
        Bea Z                | -     | Smit | → | B.Z Smit
        Z Bea                | -     | Smit | → | Z B. Smit
        Q                    | -     | Smit | → | Q Smit
        A B                  | -     | Smit | → | A B Smit
        Ibrahim ben Yusuf    | -     | Smit | → | I.b.Y. Smit
        Jan  Piet            | -     | Smit | → | J.P. Smit
        Jan                  | J.P.M. | Smit | → | J.P.M. Smit
        .                    | -     | Smit | → | Smit
        Jan                  | .     | Smit | → | Smit
        """,
    ),
    Spec(
        "A name of one part is a surname in the register and is used whole; what is not known is never printed.",
        """
        given_names | prefix | surname           | partner_surname | name_use | sex | → | nl | en | envelope | in full
        -           | -      | Amira bint Khalid | -      | own         | F | → | Geachte mevrouw Amira bint Khalid | Dear Ms Amira bint Khalid | Amira bint Khalid | Amira bint Khalid
        -           | -      | Amira bint Khalid | Visser | partner_own | F | → | Geachte mevrouw Visser-Amira bint Khalid | Dear Ms Visser-Amira bint Khalid | Visser-Amira bint Khalid | Visser-Amira bint Khalid
        Amira       | -      | .                 | -      | own         | F | → | Geachte mevrouw | Dear Madam | Amira | Amira
        Amira       | -      | -                 | -      | own         | M | → | Geachte heer | Dear Sir | Amira | Amira
        Amira       | -      | .                 | Visser | partner_own | X | → | Geachte lezer | Dear reader | Amira | Amira
        -           | van    | .                 | -      | own         | - | → | Geachte lezer | Dear reader | (no_name) | -
        .           | -      | .                 | .      | partner     | F | → | Geachte mevrouw | Dear Madam | (no_name) | -
        """,
    ),
    Spec(
        "A letter to whoever acts for somebody names that person in full: as on the envelope, with given names for initials.",
        """
        given_names   | initials | prefix | surname | full_name | partner_surname | name_use | title | sex | → | envelope | in full
        Jan Peter     | J.P.  | de  | Boer | - | - | own         | -  | M | → | J.P. de Boer | Jan Peter de Boer
        .             | J.P.  | de  | Boer | - | - | own         | -  | M | → | J.P. de Boer | J.P. de Boer
        Otto          | O.    | van | Loo  | - | - | own         | JH | M | → | Jonkheer O. van Loo | Jonkheer Otto van Loo
        """,
    ),
    Spec(
        "A register that does not split names gives them whole; a surname goes before that.",
        """
        full_name     | surname | sex | → | nl | en | envelope | in full | text nl
        P. de Groot   | -       | M   | → | Geachte heer P. de Groot | Dear Mr P. de Groot | P. de Groot | P. de Groot | P. de Groot
        P. de Groot   | -       | -   | → | Geachte P. de Groot | Dear P. de Groot | P. de Groot | P. de Groot | P. de Groot
        P. de Groot   | Groot   | M   | → | Geachte heer Groot | Dear Mr Groot | Groot | Groot | de heer Groot
        """,
    ),
    Spec(
        "A letter in a language of `openings.toml` opens with its words and the name on the envelope; in any other, with the name.",
        """
        given_names | surname | sex | → | ar | tr
        Kees        | Duiker  | M   | → | السيد المحترم K. Duiker | K. Duiker
        Keetje      | Duiker  | F   | → | السيدة المحترمة K. Duiker | K. Duiker
        Kees        | Duiker  | X   | → | تحية طيبة إلى K. Duiker | K. Duiker
        -           | -       | -   | → | تحية طيبة | Dear reader
        """,
    ),
    Spec(
        "A noble title is written before the surname in the form of the person's sex; salutation and style go with it.",
        """
        given_names | title | sex | prefix | surname | → | nl | en | envelope | style | text nl
        Otto  | B  | M | van | Loo | → | Hoogwelgeboren heer | Dear Baron van Loo | O. baron van Loo | De hoogwelgeboren heer | baron van Loo
        Otto  | BS | M | van | Loo | → | Hoogwelgeboren heer | Dear Baron van Loo | O. baron van Loo | De hoogwelgeboren heer | baron van Loo
        Roos  | B  | F | van | Loo | → | Hoogwelgeboren vrouwe | Dear Baroness van Loo | R. barones van Loo | De hoogwelgeboren vrouwe | barones van Loo
        Otto  | G  | M | van | Loo | → | Hooggeboren heer | Dear Count van Loo | O. graaf van Loo | De hooggeboren heer | graaf van Loo
        Roos  | GI | F | van | Loo | → | Hooggeboren vrouwe | Dear Countess van Loo | R. gravin van Loo | De hooggeboren vrouwe | gravin van Loo
        Otto  | HI | M | van | Loo | → | Hoogwelgeboren heer | Dear Duke van Loo | O. hertog van Loo | De hoogwelgeboren heer | hertog van Loo
        Roos  | H  | F | van | Loo | → | Hoogwelgeboren vrouwe | Dear Duchess van Loo | R. hertogin van Loo | De hoogwelgeboren vrouwe | hertogin van Loo
        Otto  | M  | M | van | Loo | → | Hoogwelgeboren heer | Dear Marquess van Loo | O. markies van Loo | De hoogwelgeboren heer | markies van Loo
        Roos  | MI | F | van | Loo | → | Hoogwelgeboren vrouwe | Dear Marchioness van Loo | R. markiezin van Loo | De hoogwelgeboren vrouwe | markiezin van Loo
        Otto  | P  | M | van | Loo | → | Hoogheid | Your Highness | O. prins van Loo | De hoogheid | prins van Loo
        Roos  | PS | F | van | Loo | → | Hoogheid | Your Highness | R. prinses van Loo | De hoogheid | prinses van Loo
        Otto  | R  | M | van | Loo | → | Hoogwelgeboren heer | Dear Mr Van Loo | O. ridder van Loo | De hoogwelgeboren heer | ridder van Loo
        -     | BS | F | van | Loo | → | Hoogwelgeboren vrouwe | Dear Baroness van Loo | Barones van Loo | De hoogwelgeboren vrouwe | barones van Loo
        """,
    ),
    Spec(
        "A title without a form for the person's sex is left out; a prince of unknown sex keeps the salutation and style.",
        """
        given_names | title | sex | prefix | surname | → | nl | envelope | style | text nl
        Robin | B  | X | van | Loo | → | Geachte R. van Loo | R. van Loo | - | R. van Loo
        Robin | JV | X | van | Loo | → | Geachte R. van Loo | R. van Loo | - | R. van Loo
        Robin | PS | X | van | Loo | → | Hoogheid | R. van Loo | De hoogheid | R. van Loo
        Roos  | R  | F | van | Loo | → | Hoogwelgeboren vrouwe | R. van Loo | - | mevrouw Van Loo
        Robin | ZZ | M | van | Loo | → | Geachte heer Van Loo | R. van Loo | - | de heer Van Loo
        """,
    ),
    Spec(
        "A title stays with one's own name, and goes when only the partner's name is used.",
        """
        given_names | title | sex | surname | partner_surname | name_use | → | nl | en | envelope | style | text nl
        Roos | BS | F | Loo | Kok | own         | → | Hoogwelgeboren vrouwe | Dear Baroness Loo | R. barones Loo | De hoogwelgeboren vrouwe | barones Loo
        Roos | BS | F | Loo | Kok | own_partner | → | Hoogwelgeboren vrouwe | Dear Baroness Loo-Kok | R. barones Loo-Kok | De hoogwelgeboren vrouwe | barones Loo-Kok
        Roos | BS | F | Loo | Kok | partner_own | → | Hoogwelgeboren vrouwe | Dear Ms Kok-Loo | R. Kok-barones Loo | De hoogwelgeboren vrouwe | mevrouw Kok-barones Loo
        Roos | BS | F | Loo | Kok | partner     | → | Geachte mevrouw Kok | Dear Ms Kok | R. Kok | - | mevrouw Kok
        Roos | BS | F | Loo | .   | partner     | → | Hoogwelgeboren vrouwe | Dear Baroness Loo | R. barones Loo | De hoogwelgeboren vrouwe | barones Loo
        Otto | G  | M | .   | -   | own         | → | Hooggeboren heer | Dear Sir | Otto | - | Otto
        """,
    ),
    Spec(
        "A predicate stands before the initials when one's own name goes first, and before that name otherwise.",
        """
        given_names | title | sex | surname | partner_surname | name_use | → | nl | en | envelope | style | text nl
        Otto | JH | M | Loo | Kok | own         | → | Hoogwelgeboren heer | Dear Mr Loo | Jonkheer O. Loo | De hoogwelgeboren heer | jonkheer Loo
        Otto | JV | M | Loo | Kok | own_partner | → | Hoogwelgeboren heer | Dear Mr Loo-Kok | Jonkheer O. Loo-Kok | De hoogwelgeboren heer | jonkheer Loo-Kok
        Otto | JH | M | Loo | Kok | partner_own | → | Hoogwelgeboren heer | Dear Mr Kok-Loo | O. Kok-jonkheer Loo | De hoogwelgeboren heer | de heer Kok-jonkheer Loo
        Otto | JH | M | Loo | Kok | partner     | → | Geachte heer Kok | Dear Mr Kok | O. Kok | - | de heer Kok
        Roos | JH | F | Loo | -   | own         | → | Hoogwelgeboren vrouwe | Dear Ms Loo | Jonkvrouw R. Loo | De hoogwelgeboren vrouwe | jonkvrouw Loo
        -    | JV | F | Loo | -   | own         | → | Hoogwelgeboren vrouwe | Dear Ms Loo | Jonkvrouw Loo | De hoogwelgeboren vrouwe | jonkvrouw Loo
        """,
    ),
    Spec(
        "A woman bears no predicate while her partnership lasts, nor afterwards when she uses the partner's name.",
        """
        given_names | title | sex | surname | partner_surname | partnership | name_use | → | nl | envelope | style | text nl
        Roos | JV | F | Loo | Kok | -       | own         | → | Geachte mevrouw Loo | R. Loo | - | mevrouw Loo
        Roos | JV | F | Loo | Kok | current | own         | → | Geachte mevrouw Loo | R. Loo | - | mevrouw Loo
        Roos | JV | F | Loo | -   | current | own         | → | Geachte mevrouw Loo | R. Loo | - | mevrouw Loo
        Roos | JV | F | Loo | Kok | ended   | own         | → | Hoogwelgeboren vrouwe | Jonkvrouw R. Loo | De hoogwelgeboren vrouwe | jonkvrouw Loo
        Roos | JV | F | Loo | Kok | ended   | partner_own | → | Geachte mevrouw Kok-Loo | R. Kok-Loo | - | mevrouw Kok-Loo
        Roos | JV | F | Loo | Kok | ended   | own_partner | → | Geachte mevrouw Loo-Kok | R. Loo-Kok | - | mevrouw Loo-Kok
        Roos | JV | F | Loo | Kok | ended   | partner     | → | Geachte mevrouw Kok | R. Kok | - | mevrouw Kok
        Otto | JH | M | Loo | Kok | current | own         | → | Hoogwelgeboren heer | Jonkheer O. Loo | De hoogwelgeboren heer | jonkheer Loo
        """,
    ),
    Spec(
        "A woman who uses her partner's name bears the woman's form of his title, as a courtesy; nobody else does.",
        """
        given_names | partner_title | sex | surname | partner_surname | name_use | → | nl | en | envelope | style | text nl
        Roos | B  | F | Kok | Loo | partner     | → | Hoogwelgeboren vrouwe | Dear Baroness Loo | R. barones Loo | De hoogwelgeboren vrouwe | barones Loo
        Roos | G  | F | Kok | Loo | partner_own | → | Hooggeboren vrouwe | Dear Countess Loo-Kok | R. gravin Loo-Kok | De hooggeboren vrouwe | gravin Loo-Kok
        Roos | H  | F | Kok | Loo | own_partner | → | Hoogwelgeboren vrouwe | Dear Ms Kok-Loo | R. Kok-hertogin Loo | De hoogwelgeboren vrouwe | mevrouw Kok-hertogin Loo
        Roos | M  | F | Kok | Loo | partner     | → | Hoogwelgeboren vrouwe | Dear Marchioness Loo | R. markiezin Loo | De hoogwelgeboren vrouwe | markiezin Loo
        Roos | P  | F | Kok | Loo | partner     | → | Hoogheid | Your Highness | R. prinses Loo | De hoogheid | prinses Loo
        Roos | B  | F | Kok | Loo | own         | → | Geachte mevrouw Kok | Dear Ms Kok | R. Kok | - | mevrouw Kok
        Roos | R  | F | Kok | Loo | partner     | → | Geachte mevrouw Loo | Dear Ms Loo | R. Loo | - | mevrouw Loo
        Roos | JH | F | Kok | Loo | partner     | → | Geachte mevrouw Loo | Dear Ms Loo | R. Loo | - | mevrouw Loo
        Roos | BS | F | Kok | Loo | partner     | → | Geachte mevrouw Loo | Dear Ms Loo | R. Loo | - | mevrouw Loo
        Otto | B  | M | Kok | Loo | partner     | → | Geachte heer Loo | Dear Mr Loo | O. Loo | - | de heer Loo
        Kim  | B  | X | Kok | Loo | partner     | → | Geachte K. Loo | Dear K. Loo | K. Loo | - | K. Loo
        Roos | G  | F | Kok | .   | partner_own | → | Hooggeboren vrouwe | Dear Ms Kok | R. Kok | - | mevrouw Kok
        Roos | G  | F | .   | Loo | partner_own | → | Hooggeboren vrouwe | Dear Madam | Roos | - | Roos
        """,
    ),
    Spec(
        "The courtesy title decides salutation and style before one's own title; both are written.",
        """
        given_names | title | partner_title | sex | surname | partner_surname | name_use | → | nl | envelope | style | text nl
        Roos | BS | G  | F | Kok | Loo | own         | → | Hoogwelgeboren vrouwe | R. barones Kok | De hoogwelgeboren vrouwe | barones Kok
        Roos | BS | G  | F | Kok | Loo | partner     | → | Hooggeboren vrouwe | R. gravin Loo | De hooggeboren vrouwe | gravin Loo
        Roos | BS | G  | F | Kok | Loo | partner_own | → | Hooggeboren vrouwe | R. gravin Loo-barones Kok | De hooggeboren vrouwe | gravin Loo-barones Kok
        Roos | BS | G  | F | Kok | Loo | own_partner | → | Hooggeboren vrouwe | R. barones Kok-gravin Loo | De hooggeboren vrouwe | barones Kok-gravin Loo
        Roos | GI | R  | F | Kok | Loo | own_partner | → | Hooggeboren vrouwe | R. gravin Kok-Loo | De hooggeboren vrouwe | gravin Kok-Loo
        Roos | JV | B  | F | Kok | Loo | partner_own | → | Hoogwelgeboren vrouwe | R. barones Loo-Kok | De hoogwelgeboren vrouwe | barones Loo-Kok
        """,
    ),
    Spec(
        "A woman with a title of her own bears no courtesy title of a woman; one without bears it.",
        """
        given_names | title | partner_title | partner_sex | sex | surname | partner_surname | name_use | → | nl | envelope | style
        Roos | BS | G | M | F | Kok | Loo | own_partner | → | Hooggeboren vrouwe | R. barones Kok-gravin Loo | De hooggeboren vrouwe
        Roos | BS | G | F | F | Kok | Loo | own_partner | → | Hoogwelgeboren vrouwe | R. barones Kok-Loo | De hoogwelgeboren vrouwe
        Roos | -  | G | F | F | Kok | Loo | own_partner | → | Hooggeboren vrouwe | R. Kok-gravin Loo | De hooggeboren vrouwe
        """,
    ),
    Spec(
        "The style stands above the name in the window.",
        """
        given_names | title | sex | surname | → | window
        Otto        | B     | M   | Loo     | → | De hoogwelgeboren heer / O. baron Loo
        Otto        | -     | M   | Loo     | → | O. Loo
        """,
    ),
    Spec(
        "Superfluous spaces and signs that cannot be printed go; a line feed in a name makes no line.",
        """
        given_names | prefix | surname          | sex | → | nl | envelope
        Ans         | van    | Dam  -  Smit     | F   | → | Geachte mevrouw Van Dam-Smit | A. van Dam-Smit
        Ans         | van    | Da\u202em\\nSmit | F   | → | Geachte mevrouw Van Dam Smit | A. van Dam Smit
        """,
    ),
    Spec(
        "At home: street and number; letter and addition together, after a hyphen when they begin with a digit.",
        """
        street | designation | house_number | house_letter | house_addition | postcode | city | → | lines
        Lindenlaan | -  | 7    | - | -   | 1234AB  | Ons Dorp | → | Lindenlaan 7 / 1234 AB  ONS DORP
        Lindenlaan | -  | 7    | b | -   | 1234 ab | Ons Dorp | → | Lindenlaan 7 b / 1234 AB  ONS DORP
        Lindenlaan | -  | 7    | - | bis | 1234AB  | Ons Dorp | → | Lindenlaan 7 bis / 1234 AB  ONS DORP
        Lindenlaan | -  | 7    | - | 3   | 1234AB  | Ons Dorp | → | Lindenlaan 7-3 / 1234 AB  ONS DORP
        Lindenlaan | -  | 7    | - | -3  | 1234AB  | Ons Dorp | → | Lindenlaan 7-3 / 1234 AB  ONS DORP
        Lindenlaan | -  | 7    | C | 3   | 1234AB  | Ons Dorp | → | Lindenlaan 7 C3 / 1234 AB  ONS DORP
        Lindenlaan | to | 7    | C | bis | 1234AB  | Ons Dorp | → | Lindenlaan t/o 7 Cbis / 1234 AB  ONS DORP
        Lindenlaan | by | 7    | - | 3   | 1234AB  | Ons Dorp | → | Lindenlaan bij 7-3 / 1234 AB  ONS DORP
        Lindenlaan | -  | 0007 | - | -   | 1234AB  | 's-Hertogenbosch | → | Lindenlaan 7 / 1234 AB  'S-HERTOGENBOSCH
        Postbus    | -  | 9000 | - | -   | 1234AB  | Ons Dorp | → | Postbus 9000 / 1234 AB  ONS DORP
        Postbus 9000 | - | -   | - | -   | 1234AB  | Ons Dorp | → | Postbus 9000 / 1234 AB  ONS DORP
        """,
    ),
    Spec(
        "A street of more than 24 signs goes by its official short name; a place without a street by its description.",
        """
        street | street_short | location | house_number | postcode | city | → | lines
        Burgemeester Voorbeeldmanlaan | Burg Voorbeeldmanln | - | 5 | 1234AB | Ons Dorp | → | Burg Voorbeeldmanln 5 / 1234 AB  ONS DORP
        Burgemeester Voorbeeldmanlaan | - | - | 5 | 1234AB | Ons Dorp | → | Burgemeester Voorbeeldmanlaan 5 / 1234 AB  ONS DORP
        Lindenlaan | Lindenln | - | 5 | 1234AB | Ons Dorp | → | Lindenlaan 5 / 1234 AB  ONS DORP
        - | - | Ark naast de oude sluis | - | 1234AB | Ons Dorp | → | Ark naast de oude sluis / 1234 AB  ONS DORP
        - | - | Ark naast de oude sluis | - | - | Ons Dorp | → | Ark naast de oude sluis / ONS DORP
        """,
    ),
    Spec(
        "Where the register has no place, the municipality of registration stands there.",
        """
        street | house_number | location | postcode | city | municipality | → | lines
        Lindenlaan | 7 | - | 2584BZ | -            | 's-Gravenhage | → | Lindenlaan 7 / 2584 BZ  'S-GRAVENHAGE
        Lindenlaan | 7 | - | 2583XL | Scheveningen | 's-Gravenhage | → | Lindenlaan 7 / 2583 XL  SCHEVENINGEN
        - | - | Woonboot in de Grote Sloot | - | - | 's-Gravenhage | → | Woonboot in de Grote Sloot / 'S-GRAVENHAGE
        """,
    ),
    Spec(
        "No letter goes to half an address, or to a postcode that cannot be: SA, SD and SS do not exist.",
        """
        street | house_number | postcode | city | lines | → | lines
        -          | 7  | 1234AB | Ons Dorp | - | → | (no_street)
        Lindenlaan | -  | 1234AB | Ons Dorp | - | → | (no_house_number)
        Lindenlaan | 0  | 1234AB | Ons Dorp | - | → | (no_house_number)
        Postbus    | -  | 1234AB | Ons Dorp | - | → | (no_house_number)
        Lindenlaan | 7  | -      | Ons Dorp | - | → | (no_postcode)
        Lindenlaan | 7  | 1234AB | -        | - | → | (no_city)
        Lindenlaan | 7  | 1234SS | Ons Dorp | - | → | (bad_postcode)
        Lindenlaan | 7  | 1234sa | Ons Dorp | - | → | (bad_postcode)
        Lindenlaan | 7  | 1234SD | Ons Dorp | - | → | (bad_postcode)
        Lindenlaan | 7  | 0234AB | Ons Dorp | - | → | (bad_postcode)
        Lindenlaan | 7  | 1234   | Ons Dorp | - | → | (bad_postcode)
        Lindenlaan | 7  | 12345A | Ons Dorp | - | → | (bad_postcode)
        -          | -  | -      | -        | 12 High Street / Bath | → | (no_country)
        """,
    ),
    Spec(
        "What registers write where no address is known is no address.",
        """
        street | location | house_number | postcode | city | country | lines | → | lines
        .           | - | 7 | 1234AB | Ons Dorp | - | - | → | (unknown_address)
        Onbekend    | - | 7 | 1234AB | Ons Dorp | - | - | → | (unknown_address)
        VOW         | - | 7 | 1234AB | Ons Dorp | - | - | → | (unknown_address)
        Lindenlaan  | - | 7 | 1234AB | RNI | - | - | → | (unknown_address)
        -           | onbekend | - | 1234AB | Ons Dorp | - | - | → | (unknown_address)
        -           | - | - | - | - | BE | onbekend | → | (unknown_address)
        -           | - | - | - | - | ES | Calle Sol 1 / vertrokken onbekend waarheen | → | (unknown_address)
        """,
    ),
    Spec(
        "Abroad: the lines as written, and the country's English name in capitals from its code or any name.",
        """
        street | house_number | postcode | city | country | lines | → | lines
        - | - | - | - | BE | Rue des Exemples 12 / 1000 Bruxelles | → | Rue des Exemples 12 / 1000 Bruxelles / BELGIUM
        - | - | - | - | Germany | Beispielweg 1 / 50667 Köln | → | Beispielweg 1 / 50667 Köln / GERMANY
        - | - | - | - | Grootbritannië | 12 High Street / Bath BA1 1AA | → | 12 High Street / Bath BA1 1AA / UNITED KINGDOM
        - | - | - | - | us | 1 Main St / Apt 2 / Springfield 62701 / Illinois | → | 1 Main St / Apt 2 / Springfield 62701 / Illinois / UNITED STATES
        - | - | - | - | FR | 3 rue du Pré / 75001 Paris / France | → | 3 rue du Pré / 75001 Paris / FRANCE
        - | - | - | - | 5010 | Rue des Exemples 12 / 1000 Bruxelles | → | Rue des Exemples 12 / 1000 Bruxelles / BELGIUM
        - | - | - | - | 9089 | Beispielweg 1 / 50667 Köln | → | Beispielweg 1 / 50667 Köln / GERMANY
        - | - | - | - | Groot-Brittannie | 12 High Street / Bath BA1 1AA | → | 12 High Street / Bath BA1 1AA / UNITED KINGDOM
        - | - | - | - | BELGIE | Rue des Exemples 12 / 1000 Bruxelles / belgië | → | Rue des Exemples 12 / 1000 Bruxelles / BELGIUM
        - | - | - | - | Joegoslavië | Primer 1 / Beograd | → | Primer 1 / Beograd / JOEGOSLAVIË
        Beispielweg | 1 | 50667 | Köln | DE | - | → | Beispielweg 1 / 50667  KÖLN / GERMANY
        Kaya Ehempel | 1 | - | Kralendijk | BQ | - | → | Kaya Ehempel 1 / KRALENDIJK / CARIBBEAN NETHERLANDS
        Lindenlaan | 7 | 1234AB | Ons Dorp | 6030 | - | → | Lindenlaan 7 / 1234 AB  ONS DORP
        Lindenlaan | 7 | 1234AB | Ons Dorp | Nederland | - | → | Lindenlaan 7 / 1234 AB  ONS DORP
        """,
    ),
    Spec(
        "Abroad without a country, a known country or lines, or with more than six lines in all, no letter goes.",
        """
        street | city | country | lines | → | lines
        - | - | 6045 | 12 High Street / Bath | → | (unknown_country)
        - | - | 0000 | 12 High Street / Bath | → | (unknown_country)
        - | - | ZZ   | 12 High Street / Bath | → | (unknown_country)
        - | - | Onbekend | 12 High Street / Bath | → | (unknown_country)
        - | - | GB   | - | → | (no_lines)
        High Street | - | GB | - | → | (no_lines)
        - | - | GB   | a / b / c / d / e | → | (too_many_lines)
        """,
    ),
)
