"""Words that decide about titles: what makes another work of a title, what is only a label, what hardly counts.

All of them are folded (:func:`tui.text.fold`). To add a language is to add its words here.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KINDS = {
    "correction": "erratum errata corrigendum corrigenda correction corrections correctif rectificatif berichtigung "
    "korrektur correccion corrigenda correcao correzione поправка исправление исправления опечатки 更正 勘误 訂正 "
    "正誤表 تصحيح",
    "addition": "addendum addenda nachtrag erganzung appendix supplement supplements supplementary supplemental "
    "приложение 补充 補遺",
    "retraction": "retraction zuruckziehung retractation retractacion ritrattazione retratacao 撤稿 撤回",
    "comment": "comment comments commentary kommentar kommentare anmerkung bemerkung commentaire commentaires "
    "comentario comentarios commento commenti комментарий замечание замечания 评论 評論 コメント تعليق",
    "reply": "reply replies response responses rejoinder rebuttal rejoinders antwort erwiderung reponse respuesta "
    "risposta resposta ответ 回复 回答 答复 رد",
    "review": "review rezension besprechung resena recensione resenha рецензия 书评 書評 discussion "
    "diskussion discusion",
    "concern": "concern",
    "reproduction": "re reproduction reproducing reproducibility replication replicating",
    "short": "extended student abstract poster demo demonstration tutorial slides",
    "translation": "translation translated ubersetzung traduction traduccion traduzione перевод",
}
KINDS: dict[str, str] = {word: kind for kind, words in _KINDS.items() for word in words.split()}
"""What a title is of another work's: its erratum, a comment on it, a reply to that; word to kind."""

OF_ANOTHER = frozenset(
    word for word, kind in KINDS.items() if kind not in ("review", "short", "translation", "concern")
)
"""The words of kind that also behind a title, or added to it, make another work: "A review" there is a genre."""

GLUE = _words(
    "a an and the to on of for in author authors authors' s publisher editor note notice some expression material "
    "materials book article paper short brief letter version zu zur zum auf an der die das den dem la le les du de "
    "des sur a al el lo los las su sulla sul ao aos na no os as fe um uma une un к на"
)
"""What stands round a word of kind: *author* correction *to the*."""

TAGS = _words(
    "oral spotlight poster notable top best paper award awards outstanding honorable honourable mention invited talk "
    "presentation highlight highlighted accepted camera ready preprint new updated update hot long short regular full "
    "article arxiv pdf code main track conference workshop findings retracted withdrawn open access published online "
    "first press iclr icml neurips nips cvpr iccv eccv aaai ijcai acl emnlp naacl eacl coling kdd sigir www uai "
    "aistats colt corl rss icra iros interspeech icassp siggraph chi tmlr jmlr in at the and th st nd rd talk "
    "russian german french chinese japanese spanish english"
)
"""What a list prints in brackets beside a title that is no part of it."""

STATUS = _words("retracted withdrawn article paper")
"""What publishers print before the title of a paper that they took back: still the paper itself."""

STOP = _words(
    "a an the of in on and for at as is are its their by to with from via using into through over under und der die "
    "das des dem den ein eine von im zur zum mit le la les du de des et un une en sur pour el los las y del al il lo "
    "e di da della per o em do das dos и в на о для к"
)
"""What may be there or not without making another title."""

PARTS = _words(
    "part parts volume vol chapter section paper lecture book number no nr issue episode version release edition "
    "editions printing ed phase stage year teil auflage band kapitel folge partie tome parte capitulo livre libro "
    "часть том глава"
)
"""What a number makes one of a series of."""

SEQUELS = _words(
    "not no non without never neither against versus vs less more most beyond towards toward rather only even "
    "improved improving improvement improvements better faster fast fastest revisited revisiting reloaded redux "
    "reconsidered rethinking extended extending extension extensions generalized generalised generalizing further "
    "followup sequel continued again introduction introducing survey overview tutorial workshop proceedings "
    "first second third fourth fifth new novel old early late modern recent advanced advances next "
    "deep deeper wide robust efficient scalable conditional unconditional supervised unsupervised semi self weakly "
    "multi single multimodal multilingual monolingual crosslingual distributed parallel online offline hierarchical "
    "bayesian stochastic deterministic adaptive dynamic static sparse dense variational adversarial federated quantum "
    "classical linear nonlinear convex nonconvex local global discrete continuous finite infinite small large tiny "
    "positive negative upper lower left right strong weak weakly public private male female acute chronic partial "
    "complete total preliminary final north south east west inverse dual primal relative absolute"
)
"""What makes another work of a title when it is added: an opposite, an order, a claim to be the next."""

REVISITED = _words(
    "revisited reloaded redux reconsidered extended sequel continued followup response comments version supplement "
    "again update updates appendix"
)
"""What a subtitle that makes the next work of a title ends with."""

SHAPES = _words(
    "un in im il ir non a an dis de anti semi self multi mono bi tri poly uni hyper hypo sub super over under pre "
    "post re inter intra meta auto co micro macro nano milli quasi pseudo ultra mis homo hetero iso endo exo extra "
    "infra trans cis para ortho m"
)
"""First syllables that make another word, often the opposite, of a word: methyl is no misspelt ethyl."""

ENDINGS = tuple(
    frozenset(pair.split("/"))
    for pair in _words(
        "ate/ite ane/ene ene/yne ane/yne ide/ine ous/ic er/ or/ee er/ee r/ est/ st/ less/ful al/ol ol/one"
    )
)
"""Last syllables that make another word: nitrate and nitrite, fast and faster, trainer and trainee."""

GENERIC = _words(
    "introduction preface foreword editorial abstract abstracts contents index conclusion conclusions discussion "
    "news letter letters report reports review reviews note notes notice announcement announcements summary overview "
    "message column columns welcome epilogue prologue afterword appendix bibliography references obituary "
    "acknowledgments acknowledgements calendar forthcoming events issue front matter back cover corrections errata "
    "einleitung vorwort nachwort inhalt avant propos prologo introduccion введение предисловие 序言 前言 はじめに "
    "deep machine learning neural network networks survey tutorial workshop proceedings data analysis model models "
    "method methods language system systems science research study theory results"
)
"""Words that alone say nothing of which work it is."""

NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            "one first 1st i eins erste premiere primera", "two second 2nd ii zwei zweite deux seconde segunda",
            "three third 3rd iii drei dritte trois troisieme tercera", "four fourth 4th iv vier vierte quatre cuarta",
            "five fifth 5th v funf", "six sixth 6th vi sechs", "seven seventh 7th vii",
            "eight eighth 8th viii", "nine ninth 9th ix", "ten tenth 10th x", "eleven eleventh xi",
            "twelve twelfth xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
"""What counts the parts of a series, word or roman numeral to digits."""

GREEK = str.maketrans({
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "ο": "omicron", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
})  # fmt: skip
"""Greek letters by name, as they are typed where there is no β."""

GROUPS = _words(
    "collaboration collaborations consortium consortia team teams group groups lab labs project committee initiative "
    "institute university foundation society network investigators association community council openai deepmind "
    "google meta microsoft nvidia anthropic eleutherai bigscience"
)
"""Words of an author that is many people."""

NOBODY = _words("anonymous anon anonym unknown none n/a various editor editors staff author authors")
"""What stands in place of a name where there is none."""

GENERATIONS = _words("jr sr ii iii iv phd md dr prof")
"""What stands beside a name and is none."""

NICKNAMES = {
    nick: _words(names)
    for nick, names in {
        "bill": "william wilhelm", "will": "william", "bob": "robert", "dick": "richard", "peggy": "margaret",
        "ted": "edward theodore", "ned": "edward", "sasha": "alexander alexandra aleksandr alexandr", "tony": "anthony",
        "betty": "elizabeth", "liz": "elizabeth", "beth": "elizabeth", "hank": "henry", "kate": "catherine",
        "kathy": "catherine", "chuck": "charles", "misha": "mikhail", "alyosha": "alexei aleksei", "zhenya": "evgeny",
        "russ": "ruslan", "hal": "harold", "larry": "lawrence", "nick": "nicholas nikolas", "gene": "eugene",
        "yevgeny": "evgeny evgenii", "yuri": "iurii jurij",
    }.items()
}  # fmt: skip
"""Short forms of given names that begin with another letter, or are no beginning of the long one."""
