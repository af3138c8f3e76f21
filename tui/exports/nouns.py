"""Words that titles hold: names that keep their capital, acronyms, and words that say nothing of a title's case."""

from __future__ import annotations

from tui.exports.words import words

PROPER_NOUNS = words(
    """
    Abel Abelian Adam Alzheimer Archimedean Aristotelian Banach Bayes Bayesian Bellman Beltrami Bernoulli
    Bessel Boltzmann Bonferroni Boole Boolean Borel Bose Bragg Bregman Brownian Carlo Cartesian Cauchy
    Chebyshev Cholesky Coulomb Cox Cramer Darwin Darwinian Davidson Dirac Dirichlet Doppler Einstein Euclid
    Euclidean Euler Eulerian Fermi Feynman Fibonacci Fisher Fokker Fourier Freud Freudian Frobenius Galerkin
    Galois Gauss Gaussian Gibbs Godel Gumbel Hadamard Hamilton Hamiltonian Hamming Hausdorff Hawkes Hebbian
    Heisenberg Helmholtz Hermite Hermitian Hessian Hilbert Hodgkin Hoeffding Hopfield Hubble Huffman
    Huntington Ising Ito Jacobi Jacobian Jensen Kalman Kantorovich Kepler Kolmogorov Krylov Kullback Lagrange
    Lagrangian Langevin Laplace Laplacian Lebesgue Leibler Leibniz Levy Lie Lipschitz Lorentz Lorenz Lyapunov
    Mahalanobis Markov Markovian Maxwell Mercer Minkowski Monge Monte Nash Navier Nesterov Newton Newtonian
    Neyman Nobel Nystrom Occam Ornstein Pareto Parkinson Pearson Picard Planck Plato Platonic Poincaré Poisson
    Potts Pythagorean Rademacher Raman Rayleigh Rényi Riemann Riemannian Rorschach Runge Kutta Schrödinger
    Schwarz Shannon Shapley Sinkhorn Sobolev Socratic Stackelberg Stein Stiefel Stirling Stokes Sylvester
    Taylor Thompson Tikhonov Tukey Turing Uhlenbeck Vapnik Vlasov Voronoi Wasserstein Weibull Wiener Wigner
    Wilcoxon Winograd Zipf Zipfian

    Afghan Afghanistan Africa African Afrikaans Albanian Alps Amazon America American Americas Amharic
    Amsterdam Andes Antarctic Antarctica Arab Arabia Arabic Arctic Argentina Argentine Armenian Asia Asian
    Atlantic Australia Australian Austria Austrian Azerbaijani Babylonian Baltic Bangla Bangladesh Bangladeshi
    Basque Beijing Belgian Belgium Bengali Berlin Boston Brazil Brazilian Britain British Bulgarian Burmese
    California Cambridge Canada Canadian Cantonese Caribbean Catalan Caucasus Chicago Chile Chilean China
    Chinese Colombia Colombian Congo Copenhagen Crimea Croatian Cuba Cyrillic Czech Danish Denmark Dutch Egypt
    Egyptian England English Estonian Ethiopia Ethiopian Europe European Finland Finnish Flemish Florida
    France French Gaelic Galician Geneva Georgia German Germany Ghana Greece Greek Greenland Gujarati Haiti
    Hausa Hawaii Hawaiian Hebrew Himalaya Himalayan Hindi Hindu Hong Kong Hungarian Hungary Iberian Iceland
    Icelandic Igbo India Indian Indonesia Indonesian Iran Iranian Iraq Ireland Irish Islam Islamic Israel
    Israeli Italian Italy Jakarta Japan Japanese Javanese Jerusalem Jewish Kannada Kashmir Kazakh Kazakhstan
    Kenya Kenyan Khmer Korea Korean Kurdish Kyoto Latin Latvian Lithuanian London Malay Malayalam Malaysia
    Maltese Mandarin Maori Marathi Mediterranean Melbourne Mexican Mexico Mongolian Moroccan Morocco Moscow
    Munich Muslim Nepal Nepali Netherlands Nigeria Nigerian Nordic Norway Norwegian Oslo Oxford Pacific
    Pakistan Pakistani Palestinian Paris Pashto Persian Peru Philippine Philippines Poland Polish Portugal
    Portuguese Prague Punjabi Quechua Roman Romania Romanian Rome Russia Russian Rwanda Saharan Sanskrit Saudi
    Scandinavia Scandinavian Scotland Scottish Seoul Serbian Shanghai Siberia Siberian Singapore Sinhala
    Slavic Slovak Slovenian Somali Spain Spanish Stanford Sudan Sumerian Swahili Sweden Swedish Swiss
    Switzerland Sydney Syria Syrian Tagalog Taiwan Taiwanese Tamil Tanzania Telugu Texas Thai Thailand Tibet
    Tibetan Tokyo Toronto Tunisia Tunisian Turkey Turkish Uganda Ukraine Ukrainian Urdu Uyghur Uzbek Venice
    Vienna Vietnam Vietnamese Wales Washington Welsh Wolof Xhosa Yiddish Yoruba York Zealand Zimbabwe Zulu
    Zürich

    January February April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday March Christmas Easter Ramadan

    Alexa Alpaca Android Anthropic Apple Atari Bard Bing Bitcoin Cityscapes Claude Codex Copilot Covid
    Diplomacy Docker Ethereum Facebook Falcon Flickr Gemini Gemma Github Google Hadoop Haskell Instagram Intel
    Internet Java Jupyter Kaggle Keras Kinect Kubernetes Lean Lego Linux Llama Mamba Matlab Megatron Microsoft
    Minecraft Mistral Netflix Nvidia Phi Prolog Python Qwen Reddit Rust Siri Spotify Stratego Telegram Theano
    Twitter Uber Unix Vicuna Whisper Wikidata Wikipedia Windows Wordle Yelp Youtube Zoom

    Andromeda Earth Galileo Jupiter Kuiper Mars Martian Mercury Milky Moon Neptune Pluto Saturn Uranus Venus
    Voyager Drosophila Escherichia Homo Mendelian Plasmodium Saccharomyces Victorian Renaissance Shakespeare
    Bible Biblical Buddhist Buddhism Christian Christianity Catholic Confucian Marxist Keynesian Nazi Qur'an
    Quran
    """
)
"""Names and words made of names. Words that ordinary titles use as well (``Bell``, ``Horn``) are left out."""

ACRONYMS = words(
    """
    ACL AI API ASR AUC BERT BLEU CCA CIFAR CNN COCO COVID CPU CT CTC CUDA CV DAG DL DNA DNN DP EEG ELMO EM
    FPGA GAN GANS GNN GNNS GP GPS GPT GPU GPUS GRU HMM HIV HPC IBM ICA IEEE IMDB IOT IP IR KL KNN LDA LIDAR
    LLM LLMS LSTM LSTMS MAP MCMC MDP ML MLP MNIST MRI MT NAS NASA NER NLG NLP NLU NMT NN OCR ODE OOD PAC PCA
    PDE PDES POMDP QA RAG RELU RGB RL RNA RNN RNNS SAR SAT SDE SGD SLAM SOTA SQL SVM TPU TTS UAV UK UN USA US
    VAE VAES VC VQA WMT XAI II III IV VI VII VIII
    """
)
"""Abbreviations that stay in capitals where a whole title was printed in capitals."""

FUNCTION_WORDS = words(
    """
    a about across after against along among an and are around as at be because been before behind being below
    beneath between beyond but by can could did do does during each either every for from had has have how if
    in into is it its just least less like made make makes many may more most much need needs neither nor not
    of off on once one only onto or other our out over own per rather same should since some still such than
    that the their them then there these they this those through throughout to together too toward towards
    under until unto up upon using versus very via vs was we were what when where whether which while who whom
    whose why will with within without would yet you your
    """
)
"""Short words that are lower-cased in a title of either case."""
