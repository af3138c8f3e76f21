"""arXiv's subject classes by the names that its mailings call them by (https://arxiv.org/category_taxonomy)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from tui.text import fold

_TAXONOMY = """
astro-ph: CO Cosmology and Nongalactic Astrophysics; EP Earth and Planetary Astrophysics; GA Astrophysics of Galaxies;
 HE High Energy Astrophysical Phenomena; IM Instrumentation and Methods for Astrophysics;
 SR Solar and Stellar Astrophysics
cond-mat: dis-nn Disordered Systems and Neural Networks; mes-hall Mesoscale and Nanoscale Physics;
 mtrl-sci Materials Science; other Other Condensed Matter; quant-gas Quantum Gases; soft Soft Condensed Matter;
 stat-mech Statistical Mechanics; str-el Strongly Correlated Electrons; supr-con Superconductivity
cs: AI Artificial Intelligence; AR Hardware Architecture; CC Computational Complexity;
 CE Computational Engineering, Finance, and Science; CG Computational Geometry; CL Computation and Language;
 CR Cryptography and Security; CV Computer Vision and Pattern Recognition; CY Computers and Society; DB Databases;
 DC Distributed, Parallel, and Cluster Computing; DL Digital Libraries; DM Discrete Mathematics;
 DS Data Structures and Algorithms; ET Emerging Technologies; FL Formal Languages and Automata Theory;
 GL General Literature; GR Graphics; GT Computer Science and Game Theory; HC Human-Computer Interaction;
 IR Information Retrieval; IT Information Theory; LG Machine Learning; LG Learning; LO Logic in Computer Science;
 MA Multiagent Systems; MM Multimedia; MS Mathematical Software; NA Numerical Analysis;
 NE Neural and Evolutionary Computing; NI Networking and Internet Architecture; OH Other Computer Science;
 OS Operating Systems; PF Performance; PL Programming Languages; RO Robotics; SC Symbolic Computation; SD Sound;
 SE Software Engineering; SI Social and Information Networks; SY Systems and Control
econ: EM Econometrics; GN General Economics; TH Theoretical Economics
eess: AS Audio and Speech Processing; IV Image and Video Processing; SP Signal Processing; SY Systems and Control
math: AC Commutative Algebra; AG Algebraic Geometry; AP Analysis of PDEs; AT Algebraic Topology;
 CA Classical Analysis and ODEs; CO Combinatorics; CT Category Theory; CV Complex Variables;
 DG Differential Geometry; DS Dynamical Systems; FA Functional Analysis; GM General Mathematics;
 GN General Topology; GR Group Theory; GT Geometric Topology; HO History and Overview; IT Information Theory;
 KT K-Theory and Homology; LO Logic; MG Metric Geometry; MP Mathematical Physics; NA Numerical Analysis;
 NT Number Theory; OA Operator Algebras; OC Optimization and Control; PR Probability; QA Quantum Algebra;
 RA Rings and Algebras; RT Representation Theory; SG Symplectic Geometry; SP Spectral Theory; ST Statistics Theory
nlin: AO Adaptation and Self-Organizing Systems; CD Chaotic Dynamics; CG Cellular Automata and Lattice Gases;
 PS Pattern Formation and Solitons; SI Exactly Solvable and Integrable Systems
physics: acc-ph Accelerator Physics; ao-ph Atmospheric and Oceanic Physics; app-ph Applied Physics;
 atm-clus Atomic and Molecular Clusters; atom-ph Atomic Physics; bio-ph Biological Physics; chem-ph Chemical Physics;
 class-ph Classical Physics; comp-ph Computational Physics; data-an Data Analysis, Statistics and Probability;
 ed-ph Physics Education; flu-dyn Fluid Dynamics; gen-ph General Physics; geo-ph Geophysics;
 hist-ph History and Philosophy of Physics; ins-det Instrumentation and Detectors; med-ph Medical Physics;
 optics Optics; plasm-ph Plasma Physics; pop-ph Popular Physics; soc-ph Physics and Society; space-ph Space Physics
q-bio: BM Biomolecules; CB Cell Behavior; GN Genomics; MN Molecular Networks; NC Neurons and Cognition;
 OT Other Quantitative Biology; PE Populations and Evolution; QM Quantitative Methods; SC Subcellular Processes;
 TO Tissues and Organs
q-fin: CP Computational Finance; EC Economics; GN General Finance; MF Mathematical Finance; PM Portfolio Management;
 PR Pricing of Securities; RM Risk Management; ST Statistical Finance; TR Trading and Market Microstructure
stat: AP Applications; CO Computation; ME Methodology; ML Machine Learning; OT Other Statistics; TH Statistics Theory
"""

_WHOLE = {
    "general relativity and quantum cosmology": "gr-qc",
    "high energy physics - experiment": "hep-ex",
    "high energy physics - lattice": "hep-lat",
    "high energy physics - phenomenology": "hep-ph",
    "high energy physics - theory": "hep-th",
    "mathematical physics": "math-ph",
    "nuclear experiment": "nucl-ex",
    "nuclear theory": "nucl-th",
    "quantum physics": "quant-ph",
}
"""The archives that have no classes."""


def _read() -> dict[str, dict[str, str]]:
    """Return for each archive the classes in it by their folded names."""
    archives: dict[str, dict[str, str]] = {}
    for line in re.sub(r"\n ", " ", _TAXONOMY.strip()).split("\n"):
        archive, _, names = line.partition(": ")
        pairs = (item.strip().partition(" ") for item in names.split(";"))
        archives[archive] = {fold(name): f"{archive}.{short}" for short, _, name in pairs}
    return archives


_CLASSES = _read()


def class_of(name: str, archive: str | None) -> str | None:
    """Return the subject class that is called *name*, such as ``cs.LG``, or None.

    Names that several archives have (Machine Learning) are of *archive*, and of none where that is not known.
    """
    plain = fold(" ".join(name.split()))
    if archive and (found := _CLASSES.get(archive, {}).get(plain)):
        return found
    found = _WHOLE.get(plain)
    named = [names[plain] for names in _CLASSES.values() if plain in names] + ([found] if found else [])
    return named[0] if len(named) == 1 else None


def archive_of(category: str) -> str:
    """Return the archive of a subject class: ``cs`` of ``cs.LG``, ``hep-th`` of itself."""
    return category.partition(".")[0]


def series_of(names: Iterable[str], archive: str | None, primaries: Iterable[str]) -> str:
    """Return the series of a mailing: ``arXiv cs.LG`` where it is of one class, ``arXiv cs`` where it is of several.

    *names* are those that its head states, *archive* is whose list it was sent to, *primaries* are the first classes
    of its papers, which tell where the head does not.
    """
    listed = Counter(primaries)
    if not archive and listed:
        ((archive, _),) = Counter(map(archive_of, listed.elements())).most_common(1)
    codes = list(dict.fromkeys(filter(None, (class_of(name, archive) for name in names))))
    if not codes and len(listed) == 1:
        codes = list(listed)
    if len(codes) == 1:
        return f"arXiv {codes[0]}"
    return f"arXiv {archive}" if archive else "arXiv"
