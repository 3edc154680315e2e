BEGIN TRANSACTION;
CREATE TABLE activation_energies (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	sample_id INTEGER NOT NULL, 
	contribution VARCHAR NOT NULL, 
	contribution_basis VARCHAR NOT NULL, 
	replicate_label VARCHAR NOT NULL, 
	activation_energy_ev FLOAT NOT NULL, 
	relation VARCHAR NOT NULL, 
	uncertainty_ev FLOAT, 
	source_location VARCHAR, 
	CONSTRAINT ck_activation_energies_contribution_vocabulary CHECK (contribution IN ('bulk', 'grain_boundary', 'total', 'unspecified')), 
	CONSTRAINT ck_activation_energies_contribution_basis_vocabulary CHECK (contribution_basis IN ('stated', 'assumed')), 
	CONSTRAINT ck_activation_energies_relation_vocabulary CHECK (relation IN ('=', '<', '>', '~')), 
	CONSTRAINT ck_activation_energies_activation_energy_ev_range CHECK (activation_energy_ev >= 0 AND activation_energy_ev <= 3), 
	CONSTRAINT ck_activation_energies_uncertainty_ev_range CHECK (uncertainty_ev >= 0 AND uncertainty_ev <= 3), 
	CONSTRAINT fk_activation_energies_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_activation_energies_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE, 
	CONSTRAINT uq_activation_energies_sample_id_contribution_replicate_label UNIQUE (sample_id, contribution, replicate_label)
);
INSERT INTO "activation_energies" VALUES(1,1,'8',NULL,NULL,7,'bulk','stated','',0.35,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(2,1,'9',NULL,NULL,8,'bulk','stated','',0.85,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(3,1,'11',NULL,NULL,10,'total','stated','',0.28,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(4,1,'14',NULL,NULL,13,'total','stated','',0.26,'=',NULL,'results text and conclusion, manuscript pages 6-8');
INSERT INTO "activation_energies" VALUES(5,1,'17',NULL,NULL,16,'bulk','stated','',0.26,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(6,1,'17',NULL,NULL,16,'grain_boundary','stated','',0.43,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(7,1,'18',NULL,NULL,17,'bulk','stated','',0.35,'=',NULL,'third-party note of the paper''s tables 1 and 2');
INSERT INTO "activation_energies" VALUES(8,1,'18',NULL,NULL,17,'total','stated','',0.4,'=',NULL,'third-party note of the paper''s tables 1 and 2');
INSERT INTO "activation_energies" VALUES(9,1,'19',NULL,NULL,18,'bulk','stated','',0.36,'=',NULL,'third-party note of the paper''s tables 1 and 2');
INSERT INTO "activation_energies" VALUES(10,1,'19',NULL,NULL,18,'total','stated','',0.39,'=',NULL,'third-party note of the paper''s tables 1 and 2');
INSERT INTO "activation_energies" VALUES(11,1,'20',NULL,NULL,19,'total','stated','',0.29,'=',NULL,'abstract');
INSERT INTO "activation_energies" VALUES(12,1,'23',NULL,NULL,22,'total','stated','',0.31,'=',NULL,'abstract');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE attachments (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	publication_id INTEGER, 
	sample_id INTEGER, 
	measurement_id INTEGER, 
	kind VARCHAR NOT NULL, 
	file_name VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	size_bytes INTEGER NOT NULL, 
	note VARCHAR, 
	CONSTRAINT ck_attachments_kind_vocabulary CHECK (kind IN ('pdf', 'figure', 'spectrum', 'other')), 
	CONSTRAINT ck_attachments_one_owner CHECK (CASE WHEN publication_id IS NULL THEN 0 ELSE 1 END + CASE WHEN sample_id IS NULL THEN 0 ELSE 1 END + CASE WHEN measurement_id IS NULL THEN 0 ELSE 1 END = 1), 
	CONSTRAINT ck_attachments_sha256_length CHECK (length(sha256) = 64), 
	CONSTRAINT ck_attachments_size_bytes_range CHECK (size_bytes >= 0 AND size_bytes <= 2147483647), 
	CONSTRAINT fk_attachments_publication_id_publications FOREIGN KEY(publication_id) REFERENCES publications (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attachments_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attachments_measurement_id_impedance_measurements FOREIGN KEY(measurement_id) REFERENCES impedance_measurements (id) ON DELETE CASCADE, 
	CONSTRAINT fk_attachments_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT
);
CREATE TABLE change_log (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	table_name VARCHAR NOT NULL, 
	row_id INTEGER NOT NULL, 
	action VARCHAR NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	batch_id INTEGER, 
	changed_at VARCHAR NOT NULL, 
	CONSTRAINT ck_change_log_action_vocabulary CHECK (action IN ('insert', 'update', 'delete')), 
	CONSTRAINT fk_change_log_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT
);
INSERT INTO "change_log" VALUES(1,'publications',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","doi":null,"title":"Conductivity of Hot Isostatically Pressed Li0.35La0.55TiO3","title_key":"conductivityofhotisostaticallypressedli035la055tio3","first_author":"Wolfenstine, Jeff","authors":null,"journal":"US Army Research Laboratory report ARL-TR-7401","year":2015,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.110Z');
INSERT INTO "change_log" VALUES(2,'publications',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"3","doi":"10.2109/jcersj2.20026","title":"Crystal growth and characterization of LixLa(1-x)/3NbO3 using Czochralski method","title_key":"crystalgrowthandcharacterizationoflixla1x3nbo3usingczochralskimethod","first_author":"Minegishi, Shuya","authors":null,"journal":"Journal of the Ceramic Society of Japan","year":2020,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(3,'publications',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"5","doi":null,"title":"Lithium Ion Conductivity in the Perovskite-Type LiTaO3-SrTiO3 Solid-Solution","title_key":"lithiumionconductivityintheperovskitetypelitao3srtio3solidsolution","first_author":null,"authors":null,"journal":"Solid State Ionics","year":1995,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(4,'publications',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"6","doi":null,"title":"Synergistic effect of cation ordered structure and grain boundary engineering on long-term cycling of Li0.35La0.55TiO3-based solid batteries","title_key":"synergisticeffectofcationorderedstructureandgrainboundaryengineeringonlongtermcyclingofli035la055tio3basedsolidbatteries","first_author":"Wang, Qian","authors":null,"journal":"Journal of the European Ceramic Society","year":2019,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(5,'publications',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"7","doi":"10.1007/s10853-012-6650-5","title":"The comparative influences of structural ordering, grain size, Li-content, and bulk density on the Li+-conductivity of Li0.29La0.57TiO3","title_key":"thecomparativeinfluencesofstructuralorderinggrainsizelicontentandbulkdensityontheliconductivityofli029la057tio3","first_author":"Sutorik, A. C.","authors":null,"journal":"Journal of Materials Science","year":2012,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(6,'publications',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"8","doi":"10.1016/s0167-2738(98)00414-7","title":"Lithium ion conduction in A-site deficient perovskites R1/4Li1/4TaO3 (R = La, Nd, Sm and Y)","title_key":"lithiumionconductioninasitedeficientperovskitesr14li14tao3rlandsmandy","first_author":null,"authors":null,"journal":"Solid State Ionics","year":1999,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(7,'publications',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"10","doi":"10.1039/d5ta01157d","title":"Understanding ionic transport in perovskite lithium-ion conductor Li3/8Sr7/16Ta3/4Hf1/4O3: a neutron diffraction and molecular dynamics simulation study","title_key":"understandingionictransportinperovskitelithiumionconductorli38sr716ta34hf14o3aneutrondiffractionandmoleculardynamicssimulationstudy","first_author":null,"authors":null,"journal":"Journal of Materials Chemistry A","year":2025,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(8,'publications',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"11","doi":"10.1088/2053-1591/ad2cc6","title":"Effect of Sr and Nb co-doped on the total conductivity of Li0.5La0.5TiO3 ceramic electrolytes","title_key":"effectofsrandnbcodopedonthetotalconductivityofli05la05tio3ceramicelectrolytes","first_author":"Wu, Qi Yun","authors":null,"journal":"Materials Research Express","year":2024,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(9,'publications',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"12","doi":"10.17265/2161-6221/2014.04.003","title":"Annealing Effect on the Ionic Conductivity of La0.67-xLi3xTiO3 Made by Double Mechanical Alloying Method","title_key":"annealingeffectontheionicconductivityofla067xli3xtio3madebydoublemechanicalalloyingmethod","first_author":"Le Dinh Trong","authors":null,"journal":"Journal of Materials Science and Engineering B","year":2014,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(10,'publications',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"13","doi":"10.1007/s11664-021-09331-7","title":"LiF-Assisted Synthesis of Perovskite-Type Li0.35La0.55TiO3 Solid Electrolyte for Rechargeable Lithium-Metal Batteries","title_key":"lifassistedsynthesisofperovskitetypeli035la055tio3solidelectrolyteforrechargeablelithiummetalbatteries","first_author":null,"authors":null,"journal":"Journal of Electronic Materials","year":2021,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(11,'publications',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"17","doi":"10.15625/0868-3166/17946","title":"Characterization of structure and Li-ionic conductivity of La(2/3-x)Li3xTiO3 ceramics prepared by spark plasma sintering","title_key":"characterizationofstructureandliionicconductivityofla23xli3xtio3ceramicspreparedbysparkplasmasintering","first_author":null,"authors":null,"journal":null,"year":2023,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(12,'publications',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"18","doi":"10.1002/aenm.202404985","title":"Nominal Lanthanum Niobate, a Versatile Additive for Reducing Grain Boundary Resistance in Conductive Ceramics","title_key":"nominallanthanumniobateaversatileadditiveforreducinggrainboundaryresistanceinconductiveceramics","first_author":"Liu L","authors":null,"journal":"Advanced Energy Materials","year":2025,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(13,'publications',13,'insert',NULL,'{"id":13,"batch_id":1,"source_row":"20","doi":"10.1016/j.ceramint.2019.11.277","title":"Structure, stability, and ionic conductivity of perovskite Li2x-ySr1-x-yLayTiO3 solid electrolytes","title_key":"structurestabilityandionicconductivityofperovskiteli2xysr1xylaytio3solidelectrolytes","first_author":null,"authors":null,"journal":"Ceramics International","year":2020,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(14,'publications',14,'insert',NULL,'{"id":14,"batch_id":1,"source_row":"21","doi":"10.1002/adma.201906221","title":"Tape-Casting Li0.34La0.56TiO3 Ceramic Electrolyte Films Permit High Energy Density of Lithium-Metal Batteries","title_key":"tapecastingli034la056tio3ceramicelectrolytefilmspermithighenergydensityoflithiummetalbatteries","first_author":null,"authors":null,"journal":"Advanced Materials","year":2019,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(15,'publications',15,'insert',NULL,'{"id":15,"batch_id":1,"source_row":"23","doi":"10.1063/5.0161316","title":"Influence of tetragonal/cubic phase composition on the total ionic conductivity of Li3xLa2/3-xTiO3","title_key":"influenceoftetragonalcubicphasecompositiononthetotalionicconductivityofli3xla23xtio3","first_author":null,"authors":null,"journal":null,"year":2023,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',1,'2026-11-28T19:57:42.115Z');
INSERT INTO "change_log" VALUES(16,'compositions',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","formula":"Li0.35La0.55TiO3","reduced_formula":"Li0.35La0.55TiO3","fingerprint":"La0.1122 Li0.0714 O0.6122 Ti0.2041"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(17,'compositions',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"3","formula":"Li0.15La0.283NbO3","reduced_formula":"Li0.15La0.283NbO3","fingerprint":"La0.0638 Li0.0338 Nb0.2256 O0.6767"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(18,'compositions',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"5","formula":"Li0.5Sr0.5Ta0.5Ti0.5O3","reduced_formula":"Li0.5Sr0.5Ta0.5Ti0.5O3","fingerprint":"Li0.1000 O0.6000 Sr0.1000 Ta0.1000 Ti0.1000"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(19,'compositions',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"7","formula":"Li0.29La0.57TiO3","reduced_formula":"Li0.29La0.57TiO3","fingerprint":"La0.1173 Li0.0597 O0.6173 Ti0.2058"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(20,'compositions',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"8","formula":"Li0.25La0.25TaO3","reduced_formula":"Li0.25La0.25TaO3","fingerprint":"La0.0556 Li0.0556 O0.6667 Ta0.2222"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(21,'compositions',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"9","formula":"Li0.25TaY0.25O3","reduced_formula":"Li0.25TaY0.25O3","fingerprint":"Li0.0556 O0.6667 Ta0.2222 Y0.0556"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(22,'compositions',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"10","formula":"Li0.375Hf0.25Sr0.4375Ta0.75O3","reduced_formula":"Li0.375Hf0.25Sr0.4375Ta0.75O3","fingerprint":"Hf0.0519 Li0.0779 O0.6234 Sr0.0909 Ta0.1558"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(23,'compositions',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"11","formula":"Li0.5La0.42Nb0.08Sr0.08Ti0.92O3","reduced_formula":"Li0.5La0.42Nb0.08Sr0.08Ti0.92O3","fingerprint":"La0.0840 Li0.1000 Nb0.0160 O0.6000 Sr0.0160 Ti0.1840"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(24,'compositions',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"12","formula":"Li0.33La0.557TiO3","reduced_formula":"Li0.33La0.557TiO3","fingerprint":"La0.1140 Li0.0675 O0.6139 Ti0.2046"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(25,'compositions',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"17","formula":"Li0.27La0.5767TiO3","reduced_formula":"Li0.27La0.5767TiO3","fingerprint":"La0.1190 Li0.0557 O0.6190 Ti0.2063"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(26,'compositions',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"20","formula":"Li0.26786La0.53571Sr0.0625TiO3","reduced_formula":"Li0.26786La0.53571Sr0.0625TiO3","fingerprint":"La0.1101 Li0.0550 O0.6165 Sr0.0128 Ti0.2055"}',1,'2026-11-28T19:57:42.116Z');
INSERT INTO "change_log" VALUES(27,'compositions',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"21","formula":"Li0.34La0.56TiO3","reduced_formula":"Li0.34La0.56TiO3","fingerprint":"La0.1143 Li0.0694 O0.6122 Ti0.2041"}',1,'2026-11-28T19:57:42.117Z');
INSERT INTO "change_log" VALUES(28,'compositions',13,'insert',NULL,'{"id":13,"batch_id":1,"source_row":"23","formula":"Li0.3La0.56TiO3","reduced_formula":"Li0.3La0.56TiO3","fingerprint":"La0.1152 Li0.0617 O0.6173 Ti0.2058"}',1,'2026-11-28T19:57:42.117Z');
INSERT INTO "change_log" VALUES(29,'composition_elements',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","composition_id":1,"element":"Li","amount":0.34999999999999998}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(30,'composition_elements',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"2","composition_id":1,"element":"La","amount":0.55000000000000004}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(31,'composition_elements',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"2","composition_id":1,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(32,'composition_elements',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"2","composition_id":1,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(33,'composition_elements',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"3","composition_id":2,"element":"Li","amount":0.14999999999999999}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(34,'composition_elements',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"3","composition_id":2,"element":"La","amount":0.28299999999999997}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(35,'composition_elements',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"3","composition_id":2,"element":"Nb","amount":1.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(36,'composition_elements',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"3","composition_id":2,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(37,'composition_elements',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"5","composition_id":3,"element":"Li","amount":0.5}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(38,'composition_elements',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"5","composition_id":3,"element":"Sr","amount":0.5}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(39,'composition_elements',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"5","composition_id":3,"element":"Ti","amount":0.5}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(40,'composition_elements',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"5","composition_id":3,"element":"Ta","amount":0.5}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(41,'composition_elements',13,'insert',NULL,'{"id":13,"batch_id":1,"source_row":"5","composition_id":3,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(42,'composition_elements',14,'insert',NULL,'{"id":14,"batch_id":1,"source_row":"7","composition_id":4,"element":"Li","amount":0.28999999999999998}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(43,'composition_elements',15,'insert',NULL,'{"id":15,"batch_id":1,"source_row":"7","composition_id":4,"element":"La","amount":0.56999999999999995}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(44,'composition_elements',16,'insert',NULL,'{"id":16,"batch_id":1,"source_row":"7","composition_id":4,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(45,'composition_elements',17,'insert',NULL,'{"id":17,"batch_id":1,"source_row":"7","composition_id":4,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(46,'composition_elements',18,'insert',NULL,'{"id":18,"batch_id":1,"source_row":"8","composition_id":5,"element":"La","amount":0.25}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(47,'composition_elements',19,'insert',NULL,'{"id":19,"batch_id":1,"source_row":"8","composition_id":5,"element":"Li","amount":0.25}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(48,'composition_elements',20,'insert',NULL,'{"id":20,"batch_id":1,"source_row":"8","composition_id":5,"element":"Ta","amount":1.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(49,'composition_elements',21,'insert',NULL,'{"id":21,"batch_id":1,"source_row":"8","composition_id":5,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(50,'composition_elements',22,'insert',NULL,'{"id":22,"batch_id":1,"source_row":"9","composition_id":6,"element":"Y","amount":0.25}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(51,'composition_elements',23,'insert',NULL,'{"id":23,"batch_id":1,"source_row":"9","composition_id":6,"element":"Li","amount":0.25}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(52,'composition_elements',24,'insert',NULL,'{"id":24,"batch_id":1,"source_row":"9","composition_id":6,"element":"Ta","amount":1.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(53,'composition_elements',25,'insert',NULL,'{"id":25,"batch_id":1,"source_row":"9","composition_id":6,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(54,'composition_elements',26,'insert',NULL,'{"id":26,"batch_id":1,"source_row":"10","composition_id":7,"element":"Li","amount":0.375}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(55,'composition_elements',27,'insert',NULL,'{"id":27,"batch_id":1,"source_row":"10","composition_id":7,"element":"Sr","amount":0.4375}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(56,'composition_elements',28,'insert',NULL,'{"id":28,"batch_id":1,"source_row":"10","composition_id":7,"element":"Ta","amount":0.75}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(57,'composition_elements',29,'insert',NULL,'{"id":29,"batch_id":1,"source_row":"10","composition_id":7,"element":"Hf","amount":0.25}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(58,'composition_elements',30,'insert',NULL,'{"id":30,"batch_id":1,"source_row":"10","composition_id":7,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(59,'composition_elements',31,'insert',NULL,'{"id":31,"batch_id":1,"source_row":"11","composition_id":8,"element":"Li","amount":0.5}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(60,'composition_elements',32,'insert',NULL,'{"id":32,"batch_id":1,"source_row":"11","composition_id":8,"element":"La","amount":0.41999999999999998}',1,'2026-11-28T19:57:42.128Z');
INSERT INTO "change_log" VALUES(61,'composition_elements',33,'insert',NULL,'{"id":33,"batch_id":1,"source_row":"11","composition_id":8,"element":"Sr","amount":0.080000000000000002}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(62,'composition_elements',34,'insert',NULL,'{"id":34,"batch_id":1,"source_row":"11","composition_id":8,"element":"Ti","amount":0.92000000000000004}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(63,'composition_elements',35,'insert',NULL,'{"id":35,"batch_id":1,"source_row":"11","composition_id":8,"element":"Nb","amount":0.080000000000000002}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(64,'composition_elements',36,'insert',NULL,'{"id":36,"batch_id":1,"source_row":"11","composition_id":8,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(65,'composition_elements',37,'insert',NULL,'{"id":37,"batch_id":1,"source_row":"12","composition_id":9,"element":"La","amount":0.55700000000000005}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(66,'composition_elements',38,'insert',NULL,'{"id":38,"batch_id":1,"source_row":"12","composition_id":9,"element":"Li","amount":0.33000000000000002}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(67,'composition_elements',39,'insert',NULL,'{"id":39,"batch_id":1,"source_row":"12","composition_id":9,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(68,'composition_elements',40,'insert',NULL,'{"id":40,"batch_id":1,"source_row":"12","composition_id":9,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(69,'composition_elements',41,'insert',NULL,'{"id":41,"batch_id":1,"source_row":"17","composition_id":10,"element":"Li","amount":0.27000000000000002}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(70,'composition_elements',42,'insert',NULL,'{"id":42,"batch_id":1,"source_row":"17","composition_id":10,"element":"La","amount":0.57669999999999999}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(71,'composition_elements',43,'insert',NULL,'{"id":43,"batch_id":1,"source_row":"17","composition_id":10,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(72,'composition_elements',44,'insert',NULL,'{"id":44,"batch_id":1,"source_row":"17","composition_id":10,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(73,'composition_elements',45,'insert',NULL,'{"id":45,"batch_id":1,"source_row":"20","composition_id":11,"element":"Li","amount":0.26785999999999999}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(74,'composition_elements',46,'insert',NULL,'{"id":46,"batch_id":1,"source_row":"20","composition_id":11,"element":"Sr","amount":0.0625}',1,'2026-11-28T19:57:42.129Z');
INSERT INTO "change_log" VALUES(75,'composition_elements',47,'insert',NULL,'{"id":47,"batch_id":1,"source_row":"20","composition_id":11,"element":"La","amount":0.53571000000000002}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(76,'composition_elements',48,'insert',NULL,'{"id":48,"batch_id":1,"source_row":"20","composition_id":11,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(77,'composition_elements',49,'insert',NULL,'{"id":49,"batch_id":1,"source_row":"20","composition_id":11,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(78,'composition_elements',50,'insert',NULL,'{"id":50,"batch_id":1,"source_row":"21","composition_id":12,"element":"Li","amount":0.34000000000000002}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(79,'composition_elements',51,'insert',NULL,'{"id":51,"batch_id":1,"source_row":"21","composition_id":12,"element":"La","amount":0.56000000000000005}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(80,'composition_elements',52,'insert',NULL,'{"id":52,"batch_id":1,"source_row":"21","composition_id":12,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(81,'composition_elements',53,'insert',NULL,'{"id":53,"batch_id":1,"source_row":"21","composition_id":12,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(82,'composition_elements',54,'insert',NULL,'{"id":54,"batch_id":1,"source_row":"23","composition_id":13,"element":"Li","amount":0.29999999999999999}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(83,'composition_elements',55,'insert',NULL,'{"id":55,"batch_id":1,"source_row":"23","composition_id":13,"element":"La","amount":0.56000000000000005}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(84,'composition_elements',56,'insert',NULL,'{"id":56,"batch_id":1,"source_row":"23","composition_id":13,"element":"Ti","amount":1.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(85,'composition_elements',57,'insert',NULL,'{"id":57,"batch_id":1,"source_row":"23","composition_id":13,"element":"O","amount":3.0}',1,'2026-11-28T19:57:42.131Z');
INSERT INTO "change_log" VALUES(86,'samples',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","as_written":null,"remark":null,"publication_id":1,"composition_id":1,"label":"sintered and hipped LLTO","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":2.4199999999999999,"grain_size_relation":"=","grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":"reported","relative_density_percent":99.0,"relative_density_relation":"="}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(87,'samples',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"3","as_written":null,"remark":null,"publication_id":2,"composition_id":2,"label":"single crystal x=0.15, along [001]","formula_as_written":"Li0.15La0.283NbO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"single_crystal","synthesis_method_text":"Czochralski single crystal","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(88,'samples',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"4","as_written":null,"remark":null,"publication_id":2,"composition_id":2,"label":"single crystal x=0.15, along [100]","formula_as_written":"Li0.15La0.283NbO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"single_crystal","synthesis_method_text":"Czochralski single crystal","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(89,'samples',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"5","as_written":null,"remark":null,"publication_id":3,"composition_id":3,"label":"x=0.50","formula_as_written":"Li0.5Sr0.5Ti0.5Ta0.5O3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(90,'samples',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"6","as_written":null,"remark":null,"publication_id":4,"composition_id":1,"label":"LLTZO (LLTO + Al-doped LLZO)","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":1,"additive_formula":"Al-doped Li-La-Zr-O (LLZO)","additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(91,'samples',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"7","as_written":null,"remark":null,"publication_id":5,"composition_id":4,"label":"calcined 900 C 1 h, sintered 1200 C 6 h","formula_as_written":"Li0.29La0.57TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(92,'samples',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"8","as_written":null,"remark":null,"publication_id":6,"composition_id":5,"label":"La1/4Li1/4TaO3","formula_as_written":"La0.25Li0.25TaO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(93,'samples',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"9","as_written":null,"remark":null,"publication_id":6,"composition_id":6,"label":"Y1/4Li1/4TaO3","formula_as_written":"Y0.25Li0.25TaO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(94,'samples',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"10","as_written":null,"remark":null,"publication_id":7,"composition_id":7,"label":"LSTH","formula_as_written":"Li0.375Sr0.4375Ta0.75Hf0.25O3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"sol_gel","synthesis_method_text":"sol-gel","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":98.0,"relative_density_relation":"="}',1,'2026-11-28T19:57:42.133Z');
INSERT INTO "change_log" VALUES(95,'samples',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"11","as_written":null,"remark":null,"publication_id":8,"composition_id":8,"label":"LLSTN x=0.08","formula_as_written":"Li0.5La0.42Sr0.08Ti0.92Nb0.08O3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(96,'samples',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"12","as_written":null,"remark":null,"publication_id":9,"composition_id":9,"label":"LLTO11 (x=0.11) annealed 1200 C","formula_as_written":"La0.557Li0.33TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"mechanochemical","synthesis_method_text":"double mechanical alloying","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(97,'samples',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"13","as_written":null,"remark":null,"publication_id":10,"composition_id":1,"label":"LLTO-F0","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(98,'samples',13,'insert',NULL,'{"id":13,"batch_id":1,"source_row":"14","as_written":null,"remark":null,"publication_id":10,"composition_id":1,"label":"LLTO-F2","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":1,"additive_formula":"LiF","additive_wt_percent":2.0,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":95.400000000000006,"relative_density_relation":"="}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(99,'samples',14,'insert',NULL,'{"id":14,"batch_id":1,"source_row":"15","as_written":null,"remark":null,"publication_id":10,"composition_id":1,"label":"LLTO-F4","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":1,"additive_formula":"LiF","additive_wt_percent":4.0,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(100,'samples',15,'insert',NULL,'{"id":15,"batch_id":1,"source_row":"16","as_written":null,"remark":null,"publication_id":10,"composition_id":1,"label":"LLTO-F6","formula_as_written":"Li0.35La0.55TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":1,"additive_formula":"LiF","additive_wt_percent":6.0,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(101,'samples',16,'insert',NULL,'{"id":16,"batch_id":1,"source_row":"17","as_written":null,"remark":null,"publication_id":11,"composition_id":10,"label":"LLTO, SPS (x = 0.09 by third-party reading)","formula_as_written":"Li0.27La0.5767TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"ball_mill","synthesis_method_text":"high-energy ball milling","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(102,'samples',17,'insert',NULL,'{"id":17,"batch_id":1,"source_row":"18","as_written":null,"remark":null,"publication_id":12,"composition_id":null,"label":"LLT pristine","formula_as_written":null,"structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"other","synthesis_method_text":"Pechini + solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":96.0,"relative_density_relation":"="}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(103,'samples',18,'insert',NULL,'{"id":18,"batch_id":1,"source_row":"19","as_written":null,"remark":"additive: nominal, 2 mol%","publication_id":12,"composition_id":null,"label":"LLT modified","formula_as_written":null,"structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":1,"additive_formula":"LaNbO4","additive_wt_percent":null,"synthesis_method":"other","synthesis_method_text":"Pechini + solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":97.0,"relative_density_relation":"="}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(104,'samples',19,'insert',NULL,'{"id":19,"batch_id":1,"source_row":"20","as_written":null,"remark":null,"publication_id":13,"composition_id":11,"label":"Li15/56Sr1/16La15/28TiO3","formula_as_written":"Li0.26786Sr0.0625La0.53571TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"solid_state","synthesis_method_text":"solid-state","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(105,'samples',20,'insert',NULL,'{"id":20,"batch_id":1,"source_row":"21","as_written":null,"remark":"film, 0.025 mm thick","publication_id":14,"composition_id":12,"label":"tape-cast film, 25 um","formula_as_written":"Li0.34La0.56TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"other","synthesis_method_text":"tape casting","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(106,'samples',21,'insert',NULL,'{"id":21,"batch_id":1,"source_row":"22","as_written":null,"remark":null,"publication_id":14,"composition_id":12,"label":"cold-pressed, thicker than 200 um","formula_as_written":"Li0.34La0.56TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":"other","synthesis_method_text":"cold pressing","pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(107,'samples',22,'insert',NULL,'{"id":22,"batch_id":1,"source_row":"23","as_written":null,"remark":null,"publication_id":15,"composition_id":13,"label":"Li0.30La0.56TiO3","formula_as_written":"Li0.30La0.56TiO3","structure_class":"perovskite","structure_type":null,"space_group_symbol":null,"space_group_number":null,"phase_type":"crystal","additive_present":null,"additive_formula":null,"additive_wt_percent":null,"synthesis_method":null,"synthesis_method_text":null,"pellet_diameter_mm":null,"pellet_thickness_mm":null,"grain_size_um":null,"grain_size_relation":null,"grain_size_lower_um":null,"grain_size_upper_um":null,"grain_size_basis":null,"relative_density_percent":null,"relative_density_relation":null}',1,'2026-11-28T19:57:42.143Z');
INSERT INTO "change_log" VALUES(108,'processing_steps',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","as_written":null,"remark":null,"sample_id":1,"position":2,"operation":"sintering","operation_text":"conventional + hot isostatic press","temperature_c":null,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(109,'processing_steps',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"7","as_written":null,"remark":null,"sample_id":6,"position":1,"operation":"calcination","operation_text":null,"temperature_c":900.0,"duration_h":1.0,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(110,'processing_steps',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"7","as_written":null,"remark":null,"sample_id":6,"position":2,"operation":"sintering","operation_text":null,"temperature_c":1200.0,"duration_h":6.0,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(111,'processing_steps',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"12","as_written":null,"remark":null,"sample_id":11,"position":2,"operation":"sintering","operation_text":null,"temperature_c":1200.0,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(112,'processing_steps',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"14","as_written":null,"remark":null,"sample_id":13,"position":2,"operation":"sintering","operation_text":"conventional","temperature_c":1100.0,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(113,'processing_steps',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"17","as_written":null,"remark":null,"sample_id":16,"position":2,"operation":"spark_plasma_sintering","operation_text":"SPS","temperature_c":null,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(114,'processing_steps',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"18","as_written":null,"remark":null,"sample_id":17,"position":2,"operation":"sintering","operation_text":"conventional","temperature_c":1325.0,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(115,'processing_steps',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"19","as_written":null,"remark":null,"sample_id":18,"position":2,"operation":"sintering","operation_text":"conventional","temperature_c":1325.0,"duration_h":null,"atmosphere":null,"pressure_mpa":null}',1,'2026-11-28T19:57:42.145Z');
INSERT INTO "change_log" VALUES(116,'impedance_measurements',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"2","as_written":"{\"temperature_c\": \"RT\"}","remark":"stored text lost the minus sign of the exponent and shows < for approx.","sample_id":1,"contribution":"grain_boundary","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":3.8000000000000002e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":"http://www.arl.army.mil/www/?technical_report=7471","identity_basis":"stated","compiled_via":null,"confidence":"medium"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(117,'impedance_measurements',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"3","as_written":null,"remark":"single crystal, 306 K","sample_id":2,"contribution":"bulk","contribution_basis":"stated","temperature_c":32.850000000000001,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":9.7e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(118,'impedance_measurements',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"4","as_written":null,"remark":"single crystal, 306 K","sample_id":3,"contribution":"bulk","contribution_basis":"stated","temperature_c":32.850000000000001,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.00027999999999999998,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(119,'impedance_measurements',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"5","as_written":null,"remark":"300 K","sample_id":4,"contribution":"bulk","contribution_basis":"stated","temperature_c":26.850000000000001,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.00055000000000000003,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"medium"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(120,'impedance_measurements',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"6","as_written":null,"remark":"temperature not read","sample_id":5,"contribution":"grain_boundary","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.00034099999999999999,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"medium"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(121,'impedance_measurements',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"6","as_written":null,"remark":"temperature not read","sample_id":5,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.00030299999999999999,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"medium"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(122,'impedance_measurements',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"7","as_written":null,"remark":"lattice conductivity; temperature not read","sample_id":6,"contribution":"bulk","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.00114,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"medium"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(123,'impedance_measurements',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"8","as_written":null,"remark":"S/m at 400 K converted to S/cm","sample_id":7,"contribution":"bulk","contribution_basis":"stated","temperature_c":126.84999999999999,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.0014,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"inferred","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(124,'impedance_measurements',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"9","as_written":null,"remark":"S/m at 400 K converted to S/cm","sample_id":8,"contribution":"bulk","contribution_basis":"stated","temperature_c":126.84999999999999,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":5.0000000000000001e-09,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"inferred","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.146Z');
INSERT INTO "change_log" VALUES(125,'impedance_measurements',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"10","as_written":"{\"temperature_c\": \"RT\"}","remark":"0.418 mS/cm","sample_id":9,"contribution":"bulk","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":0.00041800000000000002,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.147Z');
INSERT INTO "change_log" VALUES(126,'impedance_measurements',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"11","as_written":"{\"temperature_c\": \"RT\"}","remark":null,"sample_id":10,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":5.1e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.147Z');
INSERT INTO "change_log" VALUES(127,'impedance_measurements',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"12","as_written":"{\"temperature_c\": \"RT\"}","remark":null,"sample_id":11,"contribution":"bulk","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":0.0015,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.156Z');
INSERT INTO "change_log" VALUES(128,'impedance_measurements',13,'insert',NULL,'{"id":13,"batch_id":1,"source_row":"12","as_written":"{\"temperature_c\": \"RT\"}","remark":null,"sample_id":11,"contribution":"grain_boundary","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":4.8000000000000001e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.156Z');
INSERT INTO "change_log" VALUES(129,'impedance_measurements',14,'insert',NULL,'{"id":14,"batch_id":1,"source_row":"13","as_written":null,"remark":"25 C is stated for the F2 sample of the same table; sintering temperature of this sample not in the excerpts; manuscript version","sample_id":12,"contribution":"bulk","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.00027399999999999999,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text, manuscript page 6","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(130,'impedance_measurements',15,'insert',NULL,'{"id":15,"batch_id":1,"source_row":"13","as_written":null,"remark":"25 C is stated for the F2 sample of the same table; sintering temperature of this sample not in the excerpts; manuscript version","sample_id":12,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":1.5699999999999999e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text, manuscript page 6","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(131,'impedance_measurements',16,'insert',NULL,'{"id":16,"batch_id":1,"source_row":"14","as_written":null,"remark":"manuscript version; abstract states that grains grow with LiF content, no number read","sample_id":13,"contribution":"bulk","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.00027799999999999998,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text and conclusion, manuscript pages 6-8","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(132,'impedance_measurements',17,'insert',NULL,'{"id":17,"batch_id":1,"source_row":"14","as_written":null,"remark":"manuscript version; abstract states that grains grow with LiF content, no number read","sample_id":13,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.000102,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text and conclusion, manuscript pages 6-8","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(133,'impedance_measurements',18,'insert',NULL,'{"id":18,"batch_id":1,"source_row":"15","as_written":null,"remark":"25 C is stated for the F2 sample of the same table; manuscript version","sample_id":14,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":2.4600000000000002e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text, manuscript page 7","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(134,'impedance_measurements',19,'insert',NULL,'{"id":19,"batch_id":1,"source_row":"16","as_written":null,"remark":"25 C is stated for the F2 sample of the same table; manuscript version","sample_id":15,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":2.2500000000000001e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"results text, manuscript page 7","source_kind":"full text","source_url":null,"identity_basis":"stated","compiled_via":"page excerpts of the paper kept in the Scandium Labs dataset","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(135,'impedance_measurements',20,'insert',NULL,'{"id":20,"batch_id":1,"source_row":"17","as_written":null,"remark":"grain and grain-boundary values; the abstract writes grain boundary/total for the second, entered as gb; x = 0.09 is not in the abstract; SPS temperature not read","sample_id":16,"contribution":"bulk","contribution_basis":"stated","temperature_c":21.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":0.00083000000000000001,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":"Scandium Labs dataset (abstract; x from its reviewer note)","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(136,'impedance_measurements',21,'insert',NULL,'{"id":21,"batch_id":1,"source_row":"17","as_written":null,"remark":"grain and grain-boundary values; the abstract writes grain boundary/total for the second, entered as gb; x = 0.09 is not in the abstract; SPS temperature not read","sample_id":16,"contribution":"grain_boundary","contribution_basis":"stated","temperature_c":21.0,"temperature_basis":"stated","replicate_label":"","conductivity_s_per_cm":2.3e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":"Scandium Labs dataset (abstract; x from its reviewer note)","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(137,'impedance_measurements',22,'insert',NULL,'{"id":22,"batch_id":1,"source_row":"18","as_written":null,"remark":"Li-La-Ti-O, tetragonal perovskite; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C); grain size said to be like the modified sample, no number","sample_id":17,"contribution":"bulk","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.001,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"third-party note of the paper''s tables 1 and 2","source_kind":"compilation","source_url":null,"identity_basis":"stated","compiled_via":"a reading note of the paper","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(138,'impedance_measurements',23,'insert',NULL,'{"id":23,"batch_id":1,"source_row":"18","as_written":null,"remark":"Li-La-Ti-O, tetragonal perovskite; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C); grain size said to be like the modified sample, no number","sample_id":17,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":7.2000000000000002e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"third-party note of the paper''s tables 1 and 2","source_kind":"compilation","source_url":null,"identity_basis":"stated","compiled_via":"a reading note of the paper","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(139,'impedance_measurements',24,'insert',NULL,'{"id":24,"batch_id":1,"source_row":"19","as_written":null,"remark":"additive in mol%, not wt%; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C)","sample_id":18,"contribution":"bulk","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.00051000000000000004,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"third-party note of the paper''s tables 1 and 2","source_kind":"compilation","source_url":null,"identity_basis":"stated","compiled_via":"a reading note of the paper","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(140,'impedance_measurements',25,'insert',NULL,'{"id":25,"batch_id":1,"source_row":"19","as_written":null,"remark":"additive in mol%, not wt%; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C)","sample_id":18,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.00012999999999999999,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"third-party note of the paper''s tables 1 and 2","source_kind":"compilation","source_url":null,"identity_basis":"stated","compiled_via":"a reading note of the paper","confidence":"medium"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(141,'impedance_measurements',26,'insert',NULL,'{"id":26,"batch_id":1,"source_row":"20","as_written":null,"remark":"measuring temperature not in the abstract; formula is the fractions written as decimals","sample_id":19,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":0.000484,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(142,'impedance_measurements',27,'insert',NULL,'{"id":27,"batch_id":1,"source_row":"21","as_written":null,"remark":"measuring temperature not in the abstract","sample_id":20,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":2.0000000000000002e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(143,'impedance_measurements',28,'insert',NULL,'{"id":28,"batch_id":1,"source_row":"22","as_written":null,"remark":"measuring temperature not in the abstract","sample_id":21,"contribution":"total","contribution_basis":"stated","temperature_c":null,"temperature_basis":"not_stated","replicate_label":"","conductivity_s_per_cm":9.5999999999999996e-06,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(144,'impedance_measurements',29,'insert',NULL,'{"id":29,"batch_id":1,"source_row":"23","as_written":"{\"temperature_c\": \"RT\"}","remark":"journal not read; sintering temperature not in the abstract","sample_id":22,"contribution":"total","contribution_basis":"stated","temperature_c":25.0,"temperature_basis":"room_temperature","replicate_label":"","conductivity_s_per_cm":7.2200000000000007e-05,"relation":"=","uncertainty_s_per_cm":null,"value_basis":"measured","source_location":"abstract","source_kind":"abstract","source_url":null,"identity_basis":"stated","compiled_via":null,"confidence":"high"}',1,'2026-11-28T19:57:42.157Z');
INSERT INTO "change_log" VALUES(145,'activation_energies',1,'insert',NULL,'{"id":1,"batch_id":1,"source_row":"8","as_written":null,"remark":null,"sample_id":7,"contribution":"bulk","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.34999999999999998,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(146,'activation_energies',2,'insert',NULL,'{"id":2,"batch_id":1,"source_row":"9","as_written":null,"remark":null,"sample_id":8,"contribution":"bulk","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.84999999999999998,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(147,'activation_energies',3,'insert',NULL,'{"id":3,"batch_id":1,"source_row":"11","as_written":null,"remark":null,"sample_id":10,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.28000000000000003,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(148,'activation_energies',4,'insert',NULL,'{"id":4,"batch_id":1,"source_row":"14","as_written":null,"remark":null,"sample_id":13,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.26000000000000001,"relation":"=","uncertainty_ev":null,"source_location":"results text and conclusion, manuscript pages 6-8"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(149,'activation_energies',5,'insert',NULL,'{"id":5,"batch_id":1,"source_row":"17","as_written":null,"remark":null,"sample_id":16,"contribution":"bulk","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.26000000000000001,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(150,'activation_energies',6,'insert',NULL,'{"id":6,"batch_id":1,"source_row":"17","as_written":null,"remark":null,"sample_id":16,"contribution":"grain_boundary","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.42999999999999999,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(151,'activation_energies',7,'insert',NULL,'{"id":7,"batch_id":1,"source_row":"18","as_written":null,"remark":null,"sample_id":17,"contribution":"bulk","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.34999999999999998,"relation":"=","uncertainty_ev":null,"source_location":"third-party note of the paper''s tables 1 and 2"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(152,'activation_energies',8,'insert',NULL,'{"id":8,"batch_id":1,"source_row":"18","as_written":null,"remark":null,"sample_id":17,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.40000000000000002,"relation":"=","uncertainty_ev":null,"source_location":"third-party note of the paper''s tables 1 and 2"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(153,'activation_energies',9,'insert',NULL,'{"id":9,"batch_id":1,"source_row":"19","as_written":null,"remark":null,"sample_id":18,"contribution":"bulk","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.35999999999999999,"relation":"=","uncertainty_ev":null,"source_location":"third-party note of the paper''s tables 1 and 2"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(154,'activation_energies',10,'insert',NULL,'{"id":10,"batch_id":1,"source_row":"19","as_written":null,"remark":null,"sample_id":18,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.39000000000000001,"relation":"=","uncertainty_ev":null,"source_location":"third-party note of the paper''s tables 1 and 2"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(155,'activation_energies',11,'insert',NULL,'{"id":11,"batch_id":1,"source_row":"20","as_written":null,"remark":null,"sample_id":19,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.28999999999999998,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(156,'activation_energies',12,'insert',NULL,'{"id":12,"batch_id":1,"source_row":"23","as_written":null,"remark":null,"sample_id":22,"contribution":"total","contribution_basis":"stated","replicate_label":"","activation_energy_ev":0.31,"relation":"=","uncertainty_ev":null,"source_location":"abstract"}',1,'2026-11-28T19:57:42.163Z');
INSERT INTO "change_log" VALUES(157,'publications',16,'insert',NULL,'{"id":16,"batch_id":2,"source_row":"LLZO_tetragonal","doi":"10.1016/j.jssc.2009.05.020","title":null,"title_key":null,"first_author":null,"authors":null,"journal":null,"year":null,"volume":null,"pages":null,"url":null,"kind":"article","review_state":"draft","reviewed_by":null,"reviewed_at":null,"own_review":null,"remark":null}',2,'2026-11-28T19:57:42.737Z');
INSERT INTO "change_log" VALUES(158,'compositions',14,'insert',NULL,'{"id":14,"batch_id":2,"source_row":"LLZO_tetragonal","formula":"Li7La3Zr2O12","reduced_formula":"Li7La3Zr2O12","fingerprint":"La0.1250 Li0.2917 O0.5000 Zr0.0833"}',2,'2026-11-28T19:57:42.738Z');
INSERT INTO "change_log" VALUES(159,'composition_elements',58,'insert',NULL,'{"id":58,"batch_id":2,"source_row":"LLZO_tetragonal","composition_id":14,"element":"Li","amount":7.0}',2,'2026-11-28T19:57:42.738Z');
INSERT INTO "change_log" VALUES(160,'composition_elements',59,'insert',NULL,'{"id":59,"batch_id":2,"source_row":"LLZO_tetragonal","composition_id":14,"element":"La","amount":3.0}',2,'2026-11-28T19:57:42.738Z');
INSERT INTO "change_log" VALUES(161,'composition_elements',60,'insert',NULL,'{"id":60,"batch_id":2,"source_row":"LLZO_tetragonal","composition_id":14,"element":"Zr","amount":2.0}',2,'2026-11-28T19:57:42.738Z');
INSERT INTO "change_log" VALUES(162,'composition_elements',61,'insert',NULL,'{"id":61,"batch_id":2,"source_row":"LLZO_tetragonal","composition_id":14,"element":"O","amount":12.0}',2,'2026-11-28T19:57:42.738Z');
INSERT INTO "change_log" VALUES(163,'structural_records',1,'insert',NULL,'{"id":1,"batch_id":2,"source_row":"LLZO_tetragonal","as_written":null,"remark":null,"record_key":"sha256:3057b7a42eec88ef03f37ccc1b4d4d8dc844583968eafaf8448afbfe24bc69b3|LLZO_tetragonal","label":"LLZO_tetragonal","composition_id":14,"sample_id":null,"publication_id":16,"awaits_doi":null,"awaits_sample_label":null,"match":"exact","space_group_symbol":"I4_1/acd","space_group_number":142,"a_angstrom":13.1279,"b_angstrom":13.1279,"c_angstrom":12.6715,"alpha_degree":90.0,"beta_degree":90.0,"gamma_degree":90.0,"formula_units":8.0,"temperature_c":null,"temperature_basis":"not_stated","density_g_per_cm3":5.1081960000000004,"unit_cell_volume_angstrom3":2183.8285919999998,"cell_volume_angstrom3":272.97857399999998,"li_neighbor_distance_angstrom":2.090576,"li_site_occupancy":1.0,"li_coordination_number":4.5714290000000002,"coordinates_basis":"exact","source_citation":"J. Awaka; N. Kijima; H. Hayakawa et al. J. Solid State Chem. 182 (2009) 2046","source_url":null,"source_location":null,"icsd_number":"246817","cod_number":null,"cif_text":"# Written from curated facts; no coordinate was computed or guessed.\n# Source: J. Awaka, N. Kijima, H. Hayakawa, J. Akimoto, J. Solid State Chem. 182 (2009) 2046-2052; ICSD 246817; https://github.com/shuhebing/cavd examples/icsd_246817.cif (commit 7d714f4e3e1e322c1dc0b43465341280e12245e4)\ndata_LLZO_tetragonal\n_chemical_formula_sum ''Li7 La3 Zr2 O12''\n_chemical_name_common ''LLZO tetragonal''\n_cell_length_a 13.1279\n_cell_length_b 13.1279\n_cell_length_c 12.6715\n_cell_angle_alpha 90.0\n_cell_angle_beta 90.0\n_cell_angle_gamma 90.0\n_cell_formula_units_Z 8\n_space_group_name_H-M_alt ''I4_1/acd''\n_space_group_IT_number 142\n_journal_paper_doi 10.1016/j.jssc.2009.05.020\n_database_code_ICSD 246817\n_journal_name_full ''J. Solid State Chem.''\n_journal_volume 182\n_journal_year 2009\n_journal_page_first 2046\nloop_\n_publ_author_name\n''J. Awaka''\n''N. Kijima''\n''H. Hayakawa''\n''J. Akimoto''\nloop_\n_space_group_symop_operation_xyz\n''-x+1/2, -y+1/2, -z+1/2''\n''-x+1/2, -y, z+1/2''\n''-x+1/2, y+1/2, z''\n''-x+1/2, y, -z''\n''-x, -y+1/2, z''\n''-x, -y, -z''\n''-x, y+1/2, -z+1/2''\n''-x, y, z+1/2''\n''-y+1/4, -x+1/4, -z+1/4''\n''-y+1/4, -x+3/4, z+3/4''\n''-y+1/4, x+1/4, -z+3/4''\n''-y+1/4, x+3/4, z+1/4''\n''-y+3/4, -x+1/4, z+1/4''\n''-y+3/4, -x+3/4, -z+3/4''\n''-y+3/4, x+1/4, z+3/4''\n''-y+3/4, x+3/4, -z+1/4''\n''x+1/2, -y+1/2, -z''\n''x+1/2, -y, z''\n''x+1/2, y+1/2, z+1/2''\n''x+1/2, y, -z+1/2''\n''x, -y+1/2, z+1/2''\n''x, -y, -z+1/2''\n''x, y+1/2, -z''\n''x, y, z''\n''y+1/4, -x+1/4, z+3/4''\n''y+1/4, -x+3/4, -z+1/4''\n''y+1/4, x+1/4, z+1/4''\n''y+1/4, x+3/4, -z+3/4''\n''y+3/4, -x+1/4, -z+3/4''\n''y+3/4, -x+3/4, z+1/4''\n''y+3/4, x+1/4, -z+1/4''\n''y+3/4, x+3/4, z+3/4''\nloop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n_atom_site_occupancy\nLa1 La 0.0 0.25 0.125 1\nLa2 La 0.127 0.0 0.25 1\nZr1 Zr 0.0 0.0 0.0 1\nLi1 Li 0.0 0.25 0.375 1\nLi2 Li 0.1797 0.4297 0.125 1\nLi3 Li 0.0806 0.0857 0.8041 1\nO1 O -0.0338 0.0548 0.1524 1\nO2 O 0.0541 0.8529 0.5338 1\nO3 O 0.1496 0.0276 0.4464 1\n","file_name":"LLZO_tetragonal.cif","file_sha256":"3057b7a42eec88ef03f37ccc1b4d4d8dc844583968eafaf8448afbfe24bc69b3"}',2,'2026-11-28T19:57:42.772Z');
CREATE TABLE composition_elements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	composition_id INTEGER NOT NULL, 
	element VARCHAR NOT NULL, 
	amount FLOAT NOT NULL, 
	CONSTRAINT ck_composition_elements_amount_range CHECK (amount >= 1e-06 AND amount <= 1000000.0), 
	CONSTRAINT fk_composition_elements_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_composition_elements_composition_id_compositions FOREIGN KEY(composition_id) REFERENCES compositions (id) ON DELETE CASCADE, 
	CONSTRAINT fk_composition_elements_element_elements FOREIGN KEY(element) REFERENCES elements (symbol) ON DELETE RESTRICT, 
	CONSTRAINT uq_composition_elements_composition_id_element UNIQUE (composition_id, element)
);
INSERT INTO "composition_elements" VALUES(1,1,'2',1,'Li',0.35);
INSERT INTO "composition_elements" VALUES(2,1,'2',1,'La',0.55);
INSERT INTO "composition_elements" VALUES(3,1,'2',1,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(4,1,'2',1,'O',3.0);
INSERT INTO "composition_elements" VALUES(5,1,'3',2,'Li',0.15);
INSERT INTO "composition_elements" VALUES(6,1,'3',2,'La',0.283);
INSERT INTO "composition_elements" VALUES(7,1,'3',2,'Nb',1.0);
INSERT INTO "composition_elements" VALUES(8,1,'3',2,'O',3.0);
INSERT INTO "composition_elements" VALUES(9,1,'5',3,'Li',0.5);
INSERT INTO "composition_elements" VALUES(10,1,'5',3,'Sr',0.5);
INSERT INTO "composition_elements" VALUES(11,1,'5',3,'Ti',0.5);
INSERT INTO "composition_elements" VALUES(12,1,'5',3,'Ta',0.5);
INSERT INTO "composition_elements" VALUES(13,1,'5',3,'O',3.0);
INSERT INTO "composition_elements" VALUES(14,1,'7',4,'Li',0.29);
INSERT INTO "composition_elements" VALUES(15,1,'7',4,'La',0.57);
INSERT INTO "composition_elements" VALUES(16,1,'7',4,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(17,1,'7',4,'O',3.0);
INSERT INTO "composition_elements" VALUES(18,1,'8',5,'La',0.25);
INSERT INTO "composition_elements" VALUES(19,1,'8',5,'Li',0.25);
INSERT INTO "composition_elements" VALUES(20,1,'8',5,'Ta',1.0);
INSERT INTO "composition_elements" VALUES(21,1,'8',5,'O',3.0);
INSERT INTO "composition_elements" VALUES(22,1,'9',6,'Y',0.25);
INSERT INTO "composition_elements" VALUES(23,1,'9',6,'Li',0.25);
INSERT INTO "composition_elements" VALUES(24,1,'9',6,'Ta',1.0);
INSERT INTO "composition_elements" VALUES(25,1,'9',6,'O',3.0);
INSERT INTO "composition_elements" VALUES(26,1,'10',7,'Li',0.375);
INSERT INTO "composition_elements" VALUES(27,1,'10',7,'Sr',0.4375);
INSERT INTO "composition_elements" VALUES(28,1,'10',7,'Ta',0.75);
INSERT INTO "composition_elements" VALUES(29,1,'10',7,'Hf',0.25);
INSERT INTO "composition_elements" VALUES(30,1,'10',7,'O',3.0);
INSERT INTO "composition_elements" VALUES(31,1,'11',8,'Li',0.5);
INSERT INTO "composition_elements" VALUES(32,1,'11',8,'La',0.42);
INSERT INTO "composition_elements" VALUES(33,1,'11',8,'Sr',0.08);
INSERT INTO "composition_elements" VALUES(34,1,'11',8,'Ti',0.92);
INSERT INTO "composition_elements" VALUES(35,1,'11',8,'Nb',0.08);
INSERT INTO "composition_elements" VALUES(36,1,'11',8,'O',3.0);
INSERT INTO "composition_elements" VALUES(37,1,'12',9,'La',0.557);
INSERT INTO "composition_elements" VALUES(38,1,'12',9,'Li',0.33);
INSERT INTO "composition_elements" VALUES(39,1,'12',9,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(40,1,'12',9,'O',3.0);
INSERT INTO "composition_elements" VALUES(41,1,'17',10,'Li',0.27);
INSERT INTO "composition_elements" VALUES(42,1,'17',10,'La',0.5767);
INSERT INTO "composition_elements" VALUES(43,1,'17',10,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(44,1,'17',10,'O',3.0);
INSERT INTO "composition_elements" VALUES(45,1,'20',11,'Li',0.26786);
INSERT INTO "composition_elements" VALUES(46,1,'20',11,'Sr',0.0625);
INSERT INTO "composition_elements" VALUES(47,1,'20',11,'La',0.53571);
INSERT INTO "composition_elements" VALUES(48,1,'20',11,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(49,1,'20',11,'O',3.0);
INSERT INTO "composition_elements" VALUES(50,1,'21',12,'Li',0.34);
INSERT INTO "composition_elements" VALUES(51,1,'21',12,'La',0.56);
INSERT INTO "composition_elements" VALUES(52,1,'21',12,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(53,1,'21',12,'O',3.0);
INSERT INTO "composition_elements" VALUES(54,1,'23',13,'Li',0.3);
INSERT INTO "composition_elements" VALUES(55,1,'23',13,'La',0.56);
INSERT INTO "composition_elements" VALUES(56,1,'23',13,'Ti',1.0);
INSERT INTO "composition_elements" VALUES(57,1,'23',13,'O',3.0);
INSERT INTO "composition_elements" VALUES(58,2,'LLZO_tetragonal',14,'Li',7.0);
INSERT INTO "composition_elements" VALUES(59,2,'LLZO_tetragonal',14,'La',3.0);
INSERT INTO "composition_elements" VALUES(60,2,'LLZO_tetragonal',14,'Zr',2.0);
INSERT INTO "composition_elements" VALUES(61,2,'LLZO_tetragonal',14,'O',12.0);
CREATE TABLE compositions (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	formula VARCHAR NOT NULL, 
	reduced_formula VARCHAR NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	CONSTRAINT fk_compositions_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_compositions_fingerprint UNIQUE (fingerprint)
);
INSERT INTO "compositions" VALUES(1,1,'2','Li0.35La0.55TiO3','Li0.35La0.55TiO3','La0.1122 Li0.0714 O0.6122 Ti0.2041');
INSERT INTO "compositions" VALUES(2,1,'3','Li0.15La0.283NbO3','Li0.15La0.283NbO3','La0.0638 Li0.0338 Nb0.2256 O0.6767');
INSERT INTO "compositions" VALUES(3,1,'5','Li0.5Sr0.5Ta0.5Ti0.5O3','Li0.5Sr0.5Ta0.5Ti0.5O3','Li0.1000 O0.6000 Sr0.1000 Ta0.1000 Ti0.1000');
INSERT INTO "compositions" VALUES(4,1,'7','Li0.29La0.57TiO3','Li0.29La0.57TiO3','La0.1173 Li0.0597 O0.6173 Ti0.2058');
INSERT INTO "compositions" VALUES(5,1,'8','Li0.25La0.25TaO3','Li0.25La0.25TaO3','La0.0556 Li0.0556 O0.6667 Ta0.2222');
INSERT INTO "compositions" VALUES(6,1,'9','Li0.25TaY0.25O3','Li0.25TaY0.25O3','Li0.0556 O0.6667 Ta0.2222 Y0.0556');
INSERT INTO "compositions" VALUES(7,1,'10','Li0.375Hf0.25Sr0.4375Ta0.75O3','Li0.375Hf0.25Sr0.4375Ta0.75O3','Hf0.0519 Li0.0779 O0.6234 Sr0.0909 Ta0.1558');
INSERT INTO "compositions" VALUES(8,1,'11','Li0.5La0.42Nb0.08Sr0.08Ti0.92O3','Li0.5La0.42Nb0.08Sr0.08Ti0.92O3','La0.0840 Li0.1000 Nb0.0160 O0.6000 Sr0.0160 Ti0.1840');
INSERT INTO "compositions" VALUES(9,1,'12','Li0.33La0.557TiO3','Li0.33La0.557TiO3','La0.1140 Li0.0675 O0.6139 Ti0.2046');
INSERT INTO "compositions" VALUES(10,1,'17','Li0.27La0.5767TiO3','Li0.27La0.5767TiO3','La0.1190 Li0.0557 O0.6190 Ti0.2063');
INSERT INTO "compositions" VALUES(11,1,'20','Li0.26786La0.53571Sr0.0625TiO3','Li0.26786La0.53571Sr0.0625TiO3','La0.1101 Li0.0550 O0.6165 Sr0.0128 Ti0.2055');
INSERT INTO "compositions" VALUES(12,1,'21','Li0.34La0.56TiO3','Li0.34La0.56TiO3','La0.1143 Li0.0694 O0.6122 Ti0.2041');
INSERT INTO "compositions" VALUES(13,1,'23','Li0.3La0.56TiO3','Li0.3La0.56TiO3','La0.1152 Li0.0617 O0.6173 Ti0.2058');
INSERT INTO "compositions" VALUES(14,2,'LLZO_tetragonal','Li7La3Zr2O12','Li7La3Zr2O12','La0.1250 Li0.2917 O0.5000 Zr0.0833');
CREATE TABLE current_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	CONSTRAINT fk_current_batch_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT
);
CREATE TABLE elements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	symbol VARCHAR NOT NULL, 
	atomic_number INTEGER NOT NULL, 
	atomic_mass_u FLOAT NOT NULL, 
	atomic_mass_source VARCHAR NOT NULL, 
	electronegativity_pauling FLOAT, 
	electronegativity_source VARCHAR, 
	polarizability_au FLOAT, 
	polarizability_uncertainty_au FLOAT, 
	polarizability_source VARCHAR, 
	CONSTRAINT ck_elements_atomic_mass_u_range CHECK (atomic_mass_u >= 0 AND atomic_mass_u <= 400), 
	CONSTRAINT ck_elements_atomic_number_range CHECK (atomic_number >= 1 AND atomic_number <= 118), 
	CONSTRAINT ck_elements_electronegativity_pauling_range CHECK (electronegativity_pauling >= 0 AND electronegativity_pauling <= 4.5), 
	CONSTRAINT ck_elements_polarizability_au_range CHECK (polarizability_au >= 0 AND polarizability_au <= 1000), 
	CONSTRAINT ck_elements_polarizability_uncertainty_au_range CHECK (polarizability_uncertainty_au >= 0 AND polarizability_uncertainty_au <= 1000), 
	CONSTRAINT uq_elements_atomic_number UNIQUE (atomic_number), 
	CONSTRAINT uq_elements_symbol UNIQUE (symbol)
);
INSERT INTO "elements" VALUES(1,'H',1,1.00794,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',4.50711,3.0e-05,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(2,'He',2,4.002602,'pymatgen 2026.10',NULL,NULL,1.38375,2.0e-05,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(3,'Li',3,6.941,'pymatgen 2026.10',0.98,'Pauling scale, pymatgen 2026.10',164.1125,0.0005,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(4,'Be',4,9.012182,'pymatgen 2026.10',1.57,'Pauling scale, pymatgen 2026.10',37.74,0.03,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(5,'B',5,10.811,'pymatgen 2026.10',2.04,'Pauling scale, pymatgen 2026.10',20.5,0.1,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(6,'C',6,12.0107,'pymatgen 2026.10',2.55,'Pauling scale, pymatgen 2026.10',11.3,0.2,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(7,'N',7,14.0067,'pymatgen 2026.10',3.04,'Pauling scale, pymatgen 2026.10',7.4,0.2,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(8,'O',8,15.9994,'pymatgen 2026.10',3.44,'Pauling scale, pymatgen 2026.10',5.3,0.2,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(9,'F',9,18.998403,'pymatgen 2026.10',3.98,'Pauling scale, pymatgen 2026.10',3.74,0.08,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(10,'Ne',10,20.1797,'pymatgen 2026.10',NULL,NULL,2.6611,3.0e-05,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(11,'Na',11,22.989769,'pymatgen 2026.10',0.93,'Pauling scale, pymatgen 2026.10',162.7,0.5,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(12,'Mg',12,24.305,'pymatgen 2026.10',1.31,'Pauling scale, pymatgen 2026.10',71.2,0.4,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(13,'Al',13,26.981539,'pymatgen 2026.10',1.61,'Pauling scale, pymatgen 2026.10',57.8,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(14,'Si',14,28.0855,'pymatgen 2026.10',1.9,'Pauling scale, pymatgen 2026.10',37.3,0.7,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(15,'P',15,30.973762,'pymatgen 2026.10',2.19,'Pauling scale, pymatgen 2026.10',25.0,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(16,'S',16,32.065,'pymatgen 2026.10',2.58,'Pauling scale, pymatgen 2026.10',19.4,0.1,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(17,'Cl',17,35.453,'pymatgen 2026.10',3.16,'Pauling scale, pymatgen 2026.10',14.6,0.1,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(18,'Ar',18,39.948,'pymatgen 2026.10',NULL,NULL,11.083,0.007,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(19,'K',19,39.0983,'pymatgen 2026.10',0.82,'Pauling scale, pymatgen 2026.10',289.7,0.3,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(20,'Ca',20,40.078,'pymatgen 2026.10',1.0,'Pauling scale, pymatgen 2026.10',160.8,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(21,'Sc',21,44.955912,'pymatgen 2026.10',1.36,'Pauling scale, pymatgen 2026.10',97.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(22,'Ti',22,47.867,'pymatgen 2026.10',1.54,'Pauling scale, pymatgen 2026.10',100.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(23,'V',23,50.9415,'pymatgen 2026.10',1.63,'Pauling scale, pymatgen 2026.10',87.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(24,'Cr',24,51.9961,'pymatgen 2026.10',1.66,'Pauling scale, pymatgen 2026.10',83.0,12.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(25,'Mn',25,54.938045,'pymatgen 2026.10',1.55,'Pauling scale, pymatgen 2026.10',68.0,9.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(26,'Fe',26,55.845,'pymatgen 2026.10',1.83,'Pauling scale, pymatgen 2026.10',62.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(27,'Co',27,58.933195,'pymatgen 2026.10',1.88,'Pauling scale, pymatgen 2026.10',55.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(28,'Ni',28,58.6934,'pymatgen 2026.10',1.91,'Pauling scale, pymatgen 2026.10',49.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(29,'Cu',29,63.546,'pymatgen 2026.10',1.9,'Pauling scale, pymatgen 2026.10',46.5,0.5,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(30,'Zn',30,65.409,'pymatgen 2026.10',1.65,'Pauling scale, pymatgen 2026.10',38.67,0.3,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(31,'Ga',31,69.723,'pymatgen 2026.10',1.81,'Pauling scale, pymatgen 2026.10',50.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(32,'Ge',32,72.64,'pymatgen 2026.10',2.01,'Pauling scale, pymatgen 2026.10',40.0,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(33,'As',33,74.9216,'pymatgen 2026.10',2.18,'Pauling scale, pymatgen 2026.10',30.0,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(34,'Se',34,78.96,'pymatgen 2026.10',2.55,'Pauling scale, pymatgen 2026.10',28.9,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(35,'Br',35,79.904,'pymatgen 2026.10',2.96,'Pauling scale, pymatgen 2026.10',21.0,1.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(36,'Kr',36,83.798,'pymatgen 2026.10',3.0,'Pauling scale, pymatgen 2026.10',16.78,0.02,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(37,'Rb',37,85.4678,'pymatgen 2026.10',0.82,'Pauling scale, pymatgen 2026.10',319.8,0.3,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(38,'Sr',38,87.62,'pymatgen 2026.10',0.95,'Pauling scale, pymatgen 2026.10',197.2,0.2,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(39,'Y',39,88.90585,'pymatgen 2026.10',1.22,'Pauling scale, pymatgen 2026.10',162.0,12.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(40,'Zr',40,91.224,'pymatgen 2026.10',1.33,'Pauling scale, pymatgen 2026.10',112.0,13.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(41,'Nb',41,92.90638,'pymatgen 2026.10',1.6,'Pauling scale, pymatgen 2026.10',98.0,8.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(42,'Mo',42,95.94,'pymatgen 2026.10',2.16,'Pauling scale, pymatgen 2026.10',87.0,6.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(43,'Tc',43,98.0,'pymatgen 2026.10',1.9,'Pauling scale, pymatgen 2026.10',79.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(44,'Ru',44,101.07,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',72.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(45,'Rh',45,102.9055,'pymatgen 2026.10',2.28,'Pauling scale, pymatgen 2026.10',66.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(46,'Pd',46,106.42,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',26.14,0.1,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(47,'Ag',47,107.8682,'pymatgen 2026.10',1.93,'Pauling scale, pymatgen 2026.10',55.0,8.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(48,'Cd',48,112.411,'pymatgen 2026.10',1.69,'Pauling scale, pymatgen 2026.10',46.0,2.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(49,'In',49,114.818,'pymatgen 2026.10',1.78,'Pauling scale, pymatgen 2026.10',65.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(50,'Sn',50,118.71,'pymatgen 2026.10',1.96,'Pauling scale, pymatgen 2026.10',53.0,6.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(51,'Sb',51,121.76,'pymatgen 2026.10',2.05,'Pauling scale, pymatgen 2026.10',43.0,2.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(52,'Te',52,127.6,'pymatgen 2026.10',2.1,'Pauling scale, pymatgen 2026.10',38.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(53,'I',53,126.90447,'pymatgen 2026.10',2.66,'Pauling scale, pymatgen 2026.10',32.9,1.3,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(54,'Xe',54,131.293,'pymatgen 2026.10',2.6,'Pauling scale, pymatgen 2026.10',27.32,0.2,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(55,'Cs',55,132.905452,'pymatgen 2026.10',0.79,'Pauling scale, pymatgen 2026.10',400.9,0.7,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(56,'Ba',56,137.327,'pymatgen 2026.10',0.89,'Pauling scale, pymatgen 2026.10',272.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(57,'La',57,138.90547,'pymatgen 2026.10',1.1,'Pauling scale, pymatgen 2026.10',215.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(58,'Ce',58,140.116,'pymatgen 2026.10',1.12,'Pauling scale, pymatgen 2026.10',205.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(59,'Pr',59,140.90765,'pymatgen 2026.10',1.13,'Pauling scale, pymatgen 2026.10',216.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(60,'Nd',60,144.242,'pymatgen 2026.10',1.14,'Pauling scale, pymatgen 2026.10',208.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(61,'Pm',61,145.0,'pymatgen 2026.10',1.13,'Pauling scale, pymatgen 2026.10',200.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(62,'Sm',62,150.36,'pymatgen 2026.10',1.17,'Pauling scale, pymatgen 2026.10',192.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(63,'Eu',63,151.964,'pymatgen 2026.10',1.2,'Pauling scale, pymatgen 2026.10',184.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(64,'Gd',64,157.25,'pymatgen 2026.10',1.2,'Pauling scale, pymatgen 2026.10',158.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(65,'Tb',65,158.92535,'pymatgen 2026.10',1.1,'Pauling scale, pymatgen 2026.10',170.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(66,'Dy',66,162.5,'pymatgen 2026.10',1.22,'Pauling scale, pymatgen 2026.10',163.0,15.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(67,'Ho',67,164.93032,'pymatgen 2026.10',1.23,'Pauling scale, pymatgen 2026.10',156.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(68,'Er',68,167.259,'pymatgen 2026.10',1.24,'Pauling scale, pymatgen 2026.10',150.0,10.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(69,'Tm',69,168.93421,'pymatgen 2026.10',1.25,'Pauling scale, pymatgen 2026.10',144.0,15.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(70,'Yb',70,173.04,'pymatgen 2026.10',1.1,'Pauling scale, pymatgen 2026.10',139.0,6.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(71,'Lu',71,174.967,'pymatgen 2026.10',1.27,'Pauling scale, pymatgen 2026.10',137.0,7.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(72,'Hf',72,178.49,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',103.0,6.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(73,'Ta',73,180.94788,'pymatgen 2026.10',1.5,'Pauling scale, pymatgen 2026.10',74.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(74,'W',74,183.84,'pymatgen 2026.10',2.36,'Pauling scale, pymatgen 2026.10',68.0,15.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(75,'Re',75,186.207,'pymatgen 2026.10',1.9,'Pauling scale, pymatgen 2026.10',62.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(76,'Os',76,190.23,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',57.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(77,'Ir',77,192.217,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',54.0,7.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(78,'Pt',78,195.084,'pymatgen 2026.10',2.28,'Pauling scale, pymatgen 2026.10',48.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(79,'Au',79,196.966569,'pymatgen 2026.10',2.54,'Pauling scale, pymatgen 2026.10',36.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(80,'Hg',80,200.59,'pymatgen 2026.10',2.0,'Pauling scale, pymatgen 2026.10',33.91,0.34,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(81,'Tl',81,204.3833,'pymatgen 2026.10',1.62,'Pauling scale, pymatgen 2026.10',50.0,2.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(82,'Pb',82,207.2,'pymatgen 2026.10',2.33,'Pauling scale, pymatgen 2026.10',47.0,3.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(83,'Bi',83,208.9804,'pymatgen 2026.10',2.02,'Pauling scale, pymatgen 2026.10',48.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(84,'Po',84,210.0,'pymatgen 2026.10',2.0,'Pauling scale, pymatgen 2026.10',44.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(85,'At',85,210.0,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',42.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(86,'Rn',86,220.0,'pymatgen 2026.10',2.2,'Pauling scale, pymatgen 2026.10',35.0,2.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(87,'Fr',87,223.0,'pymatgen 2026.10',0.7,'Pauling scale, pymatgen 2026.10',317.8,2.4,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(88,'Ra',88,226.0,'pymatgen 2026.10',0.9,'Pauling scale, pymatgen 2026.10',246.0,4.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(89,'Ac',89,227.0,'pymatgen 2026.10',1.1,'Pauling scale, pymatgen 2026.10',203.0,12.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(90,'Th',90,232.03806,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',217.0,54.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(91,'Pa',91,231.03588,'pymatgen 2026.10',1.5,'Pauling scale, pymatgen 2026.10',154.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(92,'U',92,238.02891,'pymatgen 2026.10',1.38,'Pauling scale, pymatgen 2026.10',129.0,17.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(93,'Np',93,237.0,'pymatgen 2026.10',1.36,'Pauling scale, pymatgen 2026.10',151.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(94,'Pu',94,244.0,'pymatgen 2026.10',1.28,'Pauling scale, pymatgen 2026.10',132.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(95,'Am',95,243.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',131.0,25.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(96,'Cm',96,247.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',144.0,25.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(97,'Bk',97,247.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',125.0,25.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(98,'Cf',98,251.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',122.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(99,'Es',99,252.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',118.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(100,'Fm',100,257.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',113.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(101,'Md',101,258.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',109.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(102,'No',102,259.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',110.0,6.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
INSERT INTO "elements" VALUES(103,'Lr',103,262.0,'pymatgen 2026.10',1.3,'Pauling scale, pymatgen 2026.10',320.0,20.0,'Schwerdtfeger & Nagle, Mol. Phys. 117 (2019) 1200-1225, as tabulated in mendeleev 1.0.0');
CREATE TABLE impedance_measurements (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	sample_id INTEGER NOT NULL, 
	contribution VARCHAR NOT NULL, 
	contribution_basis VARCHAR NOT NULL, 
	temperature_c FLOAT, 
	temperature_basis VARCHAR NOT NULL, 
	replicate_label VARCHAR NOT NULL, 
	conductivity_s_per_cm FLOAT NOT NULL, 
	relation VARCHAR NOT NULL, 
	uncertainty_s_per_cm FLOAT, 
	value_basis VARCHAR NOT NULL, 
	source_location VARCHAR, 
	source_kind VARCHAR, 
	source_url VARCHAR, 
	identity_basis VARCHAR, 
	compiled_via VARCHAR, 
	confidence VARCHAR, 
	CONSTRAINT ck_impedance_measurements_temperature_stated CHECK ((temperature_c IS NULL) = (temperature_basis = 'not_stated')), 
	CONSTRAINT ck_impedance_measurements_confidence_vocabulary CHECK (confidence IN ('high', 'medium', 'low')), 
	CONSTRAINT ck_impedance_measurements_contribution_vocabulary CHECK (contribution IN ('bulk', 'grain_boundary', 'total', 'unspecified')), 
	CONSTRAINT ck_impedance_measurements_contribution_basis_vocabulary CHECK (contribution_basis IN ('stated', 'assumed')), 
	CONSTRAINT ck_impedance_measurements_relation_vocabulary CHECK (relation IN ('=', '<', '>', '~')), 
	CONSTRAINT ck_impedance_measurements_room_temperature CHECK (temperature_basis <> 'room_temperature' OR temperature_c = 25), 
	CONSTRAINT ck_impedance_measurements_temperature_basis_vocabulary CHECK (temperature_basis IN ('stated', 'room_temperature', 'not_stated')), 
	CONSTRAINT ck_impedance_measurements_value_basis_vocabulary CHECK (value_basis IN ('measured', 'extrapolated', 'digitised')), 
	CONSTRAINT ck_impedance_measurements_conductivity_s_per_cm_range CHECK (conductivity_s_per_cm >= 1e-18 AND conductivity_s_per_cm <= 100.0), 
	CONSTRAINT ck_impedance_measurements_temperature_c_range CHECK (temperature_c >= -273.15 AND temperature_c <= 1500), 
	CONSTRAINT ck_impedance_measurements_uncertainty_s_per_cm_range CHECK (uncertainty_s_per_cm >= 0 AND uncertainty_s_per_cm <= 100.0), 
	CONSTRAINT fk_impedance_measurements_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_impedance_measurements_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE
);
INSERT INTO "impedance_measurements" VALUES(1,1,'2','{"temperature_c": "RT"}','stored text lost the minus sign of the exponent and shows < for approx.',1,'grain_boundary','stated',25.0,'room_temperature','',3.8e-05,'=',NULL,'measured','abstract','abstract','http://www.arl.army.mil/www/?technical_report=7471','stated',NULL,'medium');
INSERT INTO "impedance_measurements" VALUES(2,1,'3',NULL,'single crystal, 306 K',2,'bulk','stated',32.85,'stated','',9.7e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(3,1,'4',NULL,'single crystal, 306 K',3,'bulk','stated',32.85,'stated','',0.00028,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(4,1,'5',NULL,'300 K',4,'bulk','stated',26.85,'stated','',0.00055,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'medium');
INSERT INTO "impedance_measurements" VALUES(5,1,'6',NULL,'temperature not read',5,'grain_boundary','stated',NULL,'not_stated','',0.000341,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'medium');
INSERT INTO "impedance_measurements" VALUES(6,1,'6',NULL,'temperature not read',5,'total','stated',NULL,'not_stated','',0.000303,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'medium');
INSERT INTO "impedance_measurements" VALUES(7,1,'7',NULL,'lattice conductivity; temperature not read',6,'bulk','stated',NULL,'not_stated','',0.00114,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'medium');
INSERT INTO "impedance_measurements" VALUES(8,1,'8',NULL,'S/m at 400 K converted to S/cm',7,'bulk','stated',126.85,'stated','',0.0014,'=',NULL,'measured','abstract','abstract',NULL,'inferred',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(9,1,'9',NULL,'S/m at 400 K converted to S/cm',8,'bulk','stated',126.85,'stated','',5.0e-09,'=',NULL,'measured','abstract','abstract',NULL,'inferred',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(10,1,'10','{"temperature_c": "RT"}','0.418 mS/cm',9,'bulk','stated',25.0,'room_temperature','',0.000418,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(11,1,'11','{"temperature_c": "RT"}',NULL,10,'total','stated',25.0,'room_temperature','',5.1e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(12,1,'12','{"temperature_c": "RT"}',NULL,11,'bulk','stated',25.0,'room_temperature','',0.0015,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(13,1,'12','{"temperature_c": "RT"}',NULL,11,'grain_boundary','stated',25.0,'room_temperature','',4.8e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(14,1,'13',NULL,'25 C is stated for the F2 sample of the same table; sintering temperature of this sample not in the excerpts; manuscript version',12,'bulk','stated',25.0,'stated','',0.000274,'=',NULL,'measured','results text, manuscript page 6','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','medium');
INSERT INTO "impedance_measurements" VALUES(15,1,'13',NULL,'25 C is stated for the F2 sample of the same table; sintering temperature of this sample not in the excerpts; manuscript version',12,'total','stated',25.0,'stated','',1.57e-05,'=',NULL,'measured','results text, manuscript page 6','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','medium');
INSERT INTO "impedance_measurements" VALUES(16,1,'14',NULL,'manuscript version; abstract states that grains grow with LiF content, no number read',13,'bulk','stated',25.0,'stated','',0.000278,'=',NULL,'measured','results text and conclusion, manuscript pages 6-8','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','high');
INSERT INTO "impedance_measurements" VALUES(17,1,'14',NULL,'manuscript version; abstract states that grains grow with LiF content, no number read',13,'total','stated',25.0,'stated','',0.000102,'=',NULL,'measured','results text and conclusion, manuscript pages 6-8','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','high');
INSERT INTO "impedance_measurements" VALUES(18,1,'15',NULL,'25 C is stated for the F2 sample of the same table; manuscript version',14,'total','stated',25.0,'stated','',2.46e-05,'=',NULL,'measured','results text, manuscript page 7','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','medium');
INSERT INTO "impedance_measurements" VALUES(19,1,'16',NULL,'25 C is stated for the F2 sample of the same table; manuscript version',15,'total','stated',25.0,'stated','',2.25e-05,'=',NULL,'measured','results text, manuscript page 7','full text',NULL,'stated','page excerpts of the paper kept in the Scandium Labs dataset','medium');
INSERT INTO "impedance_measurements" VALUES(20,1,'17',NULL,'grain and grain-boundary values; the abstract writes grain boundary/total for the second, entered as gb; x = 0.09 is not in the abstract; SPS temperature not read',16,'bulk','stated',21.0,'stated','',0.00083,'=',NULL,'measured','abstract','abstract',NULL,'stated','Scandium Labs dataset (abstract; x from its reviewer note)','medium');
INSERT INTO "impedance_measurements" VALUES(21,1,'17',NULL,'grain and grain-boundary values; the abstract writes grain boundary/total for the second, entered as gb; x = 0.09 is not in the abstract; SPS temperature not read',16,'grain_boundary','stated',21.0,'stated','',2.3e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated','Scandium Labs dataset (abstract; x from its reviewer note)','medium');
INSERT INTO "impedance_measurements" VALUES(22,1,'18',NULL,'Li-La-Ti-O, tetragonal perovskite; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C); grain size said to be like the modified sample, no number',17,'bulk','stated',NULL,'not_stated','',0.001,'=',NULL,'measured','third-party note of the paper''s tables 1 and 2','compilation',NULL,'stated','a reading note of the paper','medium');
INSERT INTO "impedance_measurements" VALUES(23,1,'18',NULL,'Li-La-Ti-O, tetragonal perovskite; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C); grain size said to be like the modified sample, no number',17,'total','stated',NULL,'not_stated','',7.2e-05,'=',NULL,'measured','third-party note of the paper''s tables 1 and 2','compilation',NULL,'stated','a reading note of the paper','medium');
INSERT INTO "impedance_measurements" VALUES(24,1,'19',NULL,'additive in mol%, not wt%; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C)',18,'bulk','stated',NULL,'not_stated','',0.00051,'=',NULL,'measured','third-party note of the paper''s tables 1 and 2','compilation',NULL,'stated','a reading note of the paper','medium');
INSERT INTO "impedance_measurements" VALUES(25,1,'19',NULL,'additive in mol%, not wt%; exact composition not in the note; measuring temperature left empty: the note gives 25 C for LATP only and the table mixes materials (8YSZ in it cannot be at 25 C)',18,'total','stated',NULL,'not_stated','',0.00013,'=',NULL,'measured','third-party note of the paper''s tables 1 and 2','compilation',NULL,'stated','a reading note of the paper','medium');
INSERT INTO "impedance_measurements" VALUES(26,1,'20',NULL,'measuring temperature not in the abstract; formula is the fractions written as decimals',19,'total','stated',NULL,'not_stated','',0.000484,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(27,1,'21',NULL,'measuring temperature not in the abstract',20,'total','stated',NULL,'not_stated','',2.0e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(28,1,'22',NULL,'measuring temperature not in the abstract',21,'total','stated',NULL,'not_stated','',9.6e-06,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
INSERT INTO "impedance_measurements" VALUES(29,1,'23','{"temperature_c": "RT"}','journal not read; sintering temperature not in the abstract',22,'total','stated',25.0,'room_temperature','',7.22e-05,'=',NULL,'measured','abstract','abstract',NULL,'stated',NULL,'high');
CREATE TABLE impedance_spectra (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	spectrum_key VARCHAR NOT NULL, 
	sample_id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	instrument VARCHAR, 
	measured_at VARCHAR, 
	temperature_c FLOAT, 
	temperature_basis VARCHAR NOT NULL, 
	pellet_diameter_mm FLOAT, 
	pellet_thickness_mm FLOAT, 
	point_count INTEGER NOT NULL, 
	lowest_frequency_hz FLOAT NOT NULL, 
	highest_frequency_hz FLOAT NOT NULL, 
	points VARCHAR NOT NULL, 
	reading VARCHAR, 
	file_name VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	CONSTRAINT ck_impedance_spectra_temperature_basis_vocabulary CHECK (temperature_basis IN ('stated', 'room_temperature', 'not_stated')), 
	CONSTRAINT ck_impedance_spectra_highest_frequency_hz_range CHECK (highest_frequency_hz >= 1e-09 AND highest_frequency_hz <= 10000000000000.0), 
	CONSTRAINT ck_impedance_spectra_lowest_frequency_hz_range CHECK (lowest_frequency_hz >= 1e-09 AND lowest_frequency_hz <= 10000000000000.0), 
	CONSTRAINT ck_impedance_spectra_pellet_diameter_mm_range CHECK (pellet_diameter_mm >= 0.1 AND pellet_diameter_mm <= 200), 
	CONSTRAINT ck_impedance_spectra_pellet_thickness_mm_range CHECK (pellet_thickness_mm >= 0.001 AND pellet_thickness_mm <= 200), 
	CONSTRAINT ck_impedance_spectra_point_count_range CHECK (point_count >= 10 AND point_count <= 100000), 
	CONSTRAINT ck_impedance_spectra_temperature_c_range CHECK (temperature_c >= -273.15 AND temperature_c <= 1500), 
	CONSTRAINT fk_impedance_spectra_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_impedance_spectra_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE, 
	CONSTRAINT uq_impedance_spectra_sample_id_spectrum_key UNIQUE (sample_id, spectrum_key), 
	CONSTRAINT uq_impedance_spectra_spectrum_key UNIQUE (spectrum_key)
);
CREATE TABLE "import_batches" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	file_name VARCHAR NOT NULL, 
	file_sha256 VARCHAR NOT NULL, 
	format VARCHAR NOT NULL, 
	curator VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	code_version VARCHAR NOT NULL, 
	counts VARCHAR NOT NULL, 
	skipped VARCHAR NOT NULL, 
	note VARCHAR, 
	undone_at VARCHAR, 
	carried_by INTEGER, 
	CONSTRAINT fk_import_batches_carried_by_import_batches FOREIGN KEY(carried_by) REFERENCES import_batches (id) ON DELETE RESTRICT
);
INSERT INTO "import_batches" VALUES(1,'perovskite.csv','ac80adaaf9b13971c94bb7de6945c2d3e588a279d47390cd2a5f704db72bc441','sheet','tester','2026-11-28T19:57:41+00:00','0.1.0+parser.db5f19a4c6','{"added": {"activation_energies": 12, "composition_elements": 57, "compositions": 13, "impedance_measurements": 29, "processing_steps": 8, "publications": 15, "samples": 22}, "changed": {}, "skipped": {}, "unchanged": {}}','[]',NULL,NULL,NULL);
INSERT INTO "import_batches" VALUES(2,'LLZO_tetragonal.cif','3057b7a42eec88ef03f37ccc1b4d4d8dc844583968eafaf8448afbfe24bc69b3','cif','tester','2026-11-28T19:57:42+00:00','0.1.0+parser.db5f19a4c6','{"added": {"composition_elements": 4, "compositions": 1, "publications": 1, "structural_records": 1}, "changed": {}, "skipped": {}, "unchanged": {}}','[]',NULL,NULL,NULL);
CREATE TABLE processing_steps (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	sample_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	operation VARCHAR NOT NULL, 
	operation_text VARCHAR, 
	temperature_c FLOAT, 
	duration_h FLOAT, 
	atmosphere VARCHAR, 
	pressure_mpa FLOAT, 
	CONSTRAINT ck_processing_steps_operation_vocabulary CHECK (operation IN ('mixing', 'milling', 'drying', 'calcination', 'pressing', 'tape_casting', 'sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'melting', 'quenching', 'crystallisation', 'annealing', 'ageing', 'deposition', 'other')), 
	CONSTRAINT ck_processing_steps_duration_h_range CHECK (duration_h >= 0 AND duration_h <= 1000), 
	CONSTRAINT ck_processing_steps_position_range CHECK (position >= 1 AND position <= 100), 
	CONSTRAINT ck_processing_steps_pressure_mpa_range CHECK (pressure_mpa >= 0 AND pressure_mpa <= 100000.0), 
	CONSTRAINT ck_processing_steps_temperature_c_range CHECK (temperature_c >= 0 AND temperature_c <= 2500), 
	CONSTRAINT fk_processing_steps_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_processing_steps_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE, 
	CONSTRAINT uq_processing_steps_sample_id_position UNIQUE (sample_id, position)
);
INSERT INTO "processing_steps" VALUES(1,1,'2',NULL,NULL,1,2,'sintering','conventional + hot isostatic press',NULL,NULL,NULL,NULL);
INSERT INTO "processing_steps" VALUES(2,1,'7',NULL,NULL,6,1,'calcination',NULL,900.0,1.0,NULL,NULL);
INSERT INTO "processing_steps" VALUES(3,1,'7',NULL,NULL,6,2,'sintering',NULL,1200.0,6.0,NULL,NULL);
INSERT INTO "processing_steps" VALUES(4,1,'12',NULL,NULL,11,2,'sintering',NULL,1200.0,NULL,NULL,NULL);
INSERT INTO "processing_steps" VALUES(5,1,'14',NULL,NULL,13,2,'sintering','conventional',1100.0,NULL,NULL,NULL);
INSERT INTO "processing_steps" VALUES(6,1,'17',NULL,NULL,16,2,'spark_plasma_sintering','SPS',NULL,NULL,NULL,NULL);
INSERT INTO "processing_steps" VALUES(7,1,'18',NULL,NULL,17,2,'sintering','conventional',1325.0,NULL,NULL,NULL);
INSERT INTO "processing_steps" VALUES(8,1,'19',NULL,NULL,18,2,'sintering','conventional',1325.0,NULL,NULL,NULL);
CREATE TABLE publication_identifiers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	publication_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT ck_publication_identifiers_kind_vocabulary CHECK (kind IN ('doi', 'title')), 
	CONSTRAINT ck_publication_identifiers_doi_spelling CHECK (kind <> 'doi' OR (value = lower(value) AND value LIKE '10.%/%')), 
	CONSTRAINT fk_publication_identifiers_publication_id_publications FOREIGN KEY(publication_id) REFERENCES publications (id) ON DELETE CASCADE, 
	CONSTRAINT uq_publication_identifiers_publication_id_kind_value UNIQUE (publication_id, kind, value), 
	CONSTRAINT fk_publication_identifiers_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT
);
CREATE TABLE "publications" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	doi VARCHAR, 
	title VARCHAR, 
	title_key VARCHAR, 
	first_author VARCHAR, 
	authors VARCHAR, 
	journal VARCHAR, 
	year INTEGER, 
	volume VARCHAR, 
	pages VARCHAR, 
	url VARCHAR, 
	kind VARCHAR NOT NULL, 
	review_state VARCHAR NOT NULL, 
	reviewed_by VARCHAR, 
	reviewed_at VARCHAR, 
	own_review INTEGER, 
	remark VARCHAR, 
	CONSTRAINT ck_publications_doi_rule CHECK (doi = lower(doi) AND doi LIKE '10.%/%'), 
	CONSTRAINT ck_publications_identified CHECK (doi IS NOT NULL OR title IS NOT NULL), 
	CONSTRAINT ck_publications_kind_vocabulary CHECK (kind IN ('article', 'preprint', 'conference', 'thesis', 'report', 'book', 'dataset', 'other')), 
	CONSTRAINT ck_publications_review_state_vocabulary CHECK (review_state IN ('draft', 'reviewed')), 
	CONSTRAINT ck_publications_year_range CHECK (year >= 1800 AND year <= 2100), 
	CONSTRAINT fk_publications_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_publications_doi UNIQUE (doi), 
	CONSTRAINT ck_publications_own_review_rule CHECK (own_review = 1)
);
INSERT INTO "publications" VALUES(1,1,'2',NULL,'Conductivity of Hot Isostatically Pressed Li0.35La0.55TiO3','conductivityofhotisostaticallypressedli035la055tio3','Wolfenstine, Jeff',NULL,'US Army Research Laboratory report ARL-TR-7401',2015,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(2,1,'3','10.2109/jcersj2.20026','Crystal growth and characterization of LixLa(1-x)/3NbO3 using Czochralski method','crystalgrowthandcharacterizationoflixla1x3nbo3usingczochralskimethod','Minegishi, Shuya',NULL,'Journal of the Ceramic Society of Japan',2020,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(3,1,'5',NULL,'Lithium Ion Conductivity in the Perovskite-Type LiTaO3-SrTiO3 Solid-Solution','lithiumionconductivityintheperovskitetypelitao3srtio3solidsolution',NULL,NULL,'Solid State Ionics',1995,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(4,1,'6',NULL,'Synergistic effect of cation ordered structure and grain boundary engineering on long-term cycling of Li0.35La0.55TiO3-based solid batteries','synergisticeffectofcationorderedstructureandgrainboundaryengineeringonlongtermcyclingofli035la055tio3basedsolidbatteries','Wang, Qian',NULL,'Journal of the European Ceramic Society',2019,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(5,1,'7','10.1007/s10853-012-6650-5','The comparative influences of structural ordering, grain size, Li-content, and bulk density on the Li+-conductivity of Li0.29La0.57TiO3','thecomparativeinfluencesofstructuralorderinggrainsizelicontentandbulkdensityontheliconductivityofli029la057tio3','Sutorik, A. C.',NULL,'Journal of Materials Science',2012,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(6,1,'8','10.1016/s0167-2738(98)00414-7','Lithium ion conduction in A-site deficient perovskites R1/4Li1/4TaO3 (R = La, Nd, Sm and Y)','lithiumionconductioninasitedeficientperovskitesr14li14tao3rlandsmandy',NULL,NULL,'Solid State Ionics',1999,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(7,1,'10','10.1039/d5ta01157d','Understanding ionic transport in perovskite lithium-ion conductor Li3/8Sr7/16Ta3/4Hf1/4O3: a neutron diffraction and molecular dynamics simulation study','understandingionictransportinperovskitelithiumionconductorli38sr716ta34hf14o3aneutrondiffractionandmoleculardynamicssimulationstudy',NULL,NULL,'Journal of Materials Chemistry A',2025,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(8,1,'11','10.1088/2053-1591/ad2cc6','Effect of Sr and Nb co-doped on the total conductivity of Li0.5La0.5TiO3 ceramic electrolytes','effectofsrandnbcodopedonthetotalconductivityofli05la05tio3ceramicelectrolytes','Wu, Qi Yun',NULL,'Materials Research Express',2024,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(9,1,'12','10.17265/2161-6221/2014.04.003','Annealing Effect on the Ionic Conductivity of La0.67-xLi3xTiO3 Made by Double Mechanical Alloying Method','annealingeffectontheionicconductivityofla067xli3xtio3madebydoublemechanicalalloyingmethod','Le Dinh Trong',NULL,'Journal of Materials Science and Engineering B',2014,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(10,1,'13','10.1007/s11664-021-09331-7','LiF-Assisted Synthesis of Perovskite-Type Li0.35La0.55TiO3 Solid Electrolyte for Rechargeable Lithium-Metal Batteries','lifassistedsynthesisofperovskitetypeli035la055tio3solidelectrolyteforrechargeablelithiummetalbatteries',NULL,NULL,'Journal of Electronic Materials',2021,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(11,1,'17','10.15625/0868-3166/17946','Characterization of structure and Li-ionic conductivity of La(2/3-x)Li3xTiO3 ceramics prepared by spark plasma sintering','characterizationofstructureandliionicconductivityofla23xli3xtio3ceramicspreparedbysparkplasmasintering',NULL,NULL,NULL,2023,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(12,1,'18','10.1002/aenm.202404985','Nominal Lanthanum Niobate, a Versatile Additive for Reducing Grain Boundary Resistance in Conductive Ceramics','nominallanthanumniobateaversatileadditiveforreducinggrainboundaryresistanceinconductiveceramics','Liu L',NULL,'Advanced Energy Materials',2025,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(13,1,'20','10.1016/j.ceramint.2019.11.277','Structure, stability, and ionic conductivity of perovskite Li2x-ySr1-x-yLayTiO3 solid electrolytes','structurestabilityandionicconductivityofperovskiteli2xysr1xylaytio3solidelectrolytes',NULL,NULL,'Ceramics International',2020,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(14,1,'21','10.1002/adma.201906221','Tape-Casting Li0.34La0.56TiO3 Ceramic Electrolyte Films Permit High Energy Density of Lithium-Metal Batteries','tapecastingli034la056tio3ceramicelectrolytefilmspermithighenergydensityoflithiummetalbatteries',NULL,NULL,'Advanced Materials',2019,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(15,1,'23','10.1063/5.0161316','Influence of tetragonal/cubic phase composition on the total ionic conductivity of Li3xLa2/3-xTiO3','influenceoftetragonalcubicphasecompositiononthetotalionicconductivityofli3xla23xtio3',NULL,NULL,NULL,2023,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
INSERT INTO "publications" VALUES(16,2,'LLZO_tetragonal','10.1016/j.jssc.2009.05.020',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'article','draft',NULL,NULL,NULL,NULL);
CREATE TABLE sample_aliases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	sample_id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	CONSTRAINT fk_sample_aliases_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE CASCADE, 
	CONSTRAINT uq_sample_aliases_sample_id_label UNIQUE (sample_id, label), 
	CONSTRAINT fk_sample_aliases_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT
);
CREATE TABLE "samples" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	publication_id INTEGER NOT NULL, 
	composition_id INTEGER, 
	label VARCHAR NOT NULL, 
	formula_as_written VARCHAR, 
	structure_class VARCHAR, 
	structure_type VARCHAR, 
	space_group_symbol VARCHAR, 
	space_group_number INTEGER, 
	phase_type VARCHAR, 
	additive_present INTEGER, 
	additive_formula VARCHAR, 
	additive_wt_percent FLOAT, 
	synthesis_method VARCHAR, 
	synthesis_method_text VARCHAR, 
	pellet_diameter_mm FLOAT, 
	pellet_thickness_mm FLOAT, 
	grain_size_um FLOAT, 
	grain_size_relation VARCHAR, 
	grain_size_lower_um FLOAT, 
	grain_size_upper_um FLOAT, 
	grain_size_basis VARCHAR, 
	relative_density_percent FLOAT, 
	relative_density_relation VARCHAR, 
	CONSTRAINT ck_samples_additive_absent CHECK (additive_present <> 0 OR coalesce(additive_wt_percent, 0) = 0), 
	CONSTRAINT ck_samples_additive_present_rule CHECK (additive_present IN (0, 1)), 
	CONSTRAINT ck_samples_additive_wt_percent_range CHECK (additive_wt_percent >= 0 AND additive_wt_percent <= 100), 
	CONSTRAINT ck_samples_grain_size_basis_vocabulary CHECK (grain_size_basis IN ('reported', 'micrograph_average', 'range_midpoint')), 
	CONSTRAINT ck_samples_grain_size_bounds CHECK (grain_size_lower_um IS NULL OR grain_size_upper_um IS NULL OR grain_size_lower_um <= grain_size_upper_um), 
	CONSTRAINT ck_samples_grain_size_lower_um_range CHECK (grain_size_lower_um >= 0.0001 AND grain_size_lower_um <= 10000.0), 
	CONSTRAINT ck_samples_grain_size_relation_vocabulary CHECK (grain_size_relation IN ('=', '<', '>', '~')), 
	CONSTRAINT ck_samples_grain_size_um_range CHECK (grain_size_um >= 0.0001 AND grain_size_um <= 10000.0), 
	CONSTRAINT ck_samples_grain_size_upper_um_range CHECK (grain_size_upper_um >= 0.0001 AND grain_size_upper_um <= 10000.0), 
	CONSTRAINT ck_samples_pellet_diameter_mm_range CHECK (pellet_diameter_mm >= 0.1 AND pellet_diameter_mm <= 200), 
	CONSTRAINT ck_samples_pellet_thickness_mm_range CHECK (pellet_thickness_mm >= 0.1 AND pellet_thickness_mm <= 200), 
	CONSTRAINT ck_samples_phase_type_vocabulary CHECK (phase_type IN ('crystal', 'glass_ceramic', 'glass')), 
	CONSTRAINT ck_samples_relative_density_percent_range CHECK (relative_density_percent >= 0 AND relative_density_percent <= 100), 
	CONSTRAINT ck_samples_relative_density_relation_vocabulary CHECK (relative_density_relation IN ('=', '<', '>', '~')), 
	CONSTRAINT ck_samples_structure_class_vocabulary CHECK (structure_class IN ('NASICON', 'garnet', 'perovskite', 'antiperovskite', 'argyrodite', 'LISICON', 'thio_LISICON', 'LGPS', 'halide', 'hydroborate', 'nitride', 'oxide', 'sulfide', 'phosphate', 'spinel', 'glass', 'other')), 
	CONSTRAINT ck_samples_synthesis_method_vocabulary CHECK (synthesis_method IN ('solid_state', 'ball_mill', 'mechanochemical', 'melt_quench', 'co_precipitation', 'hydrothermal', 'solution', 'spray', 'evaporation_induced_self_assembly', 'sol_gel', 'citrate', 'pechini', 'single_crystal', 'film', 'other')), 
	CONSTRAINT fk_samples_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_samples_composition_id_compositions FOREIGN KEY(composition_id) REFERENCES compositions (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_samples_publication_id_publications FOREIGN KEY(publication_id) REFERENCES publications (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_samples_publication_id_label UNIQUE (publication_id, label), 
	CONSTRAINT ck_samples_space_group_number_range CHECK (space_group_number >= 1 AND space_group_number <= 230)
);
INSERT INTO "samples" VALUES(1,1,'2',NULL,NULL,1,1,'sintered and hipped LLTO','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,2.42,'=',NULL,NULL,'reported',99.0,'=');
INSERT INTO "samples" VALUES(2,1,'3',NULL,NULL,2,2,'single crystal x=0.15, along [001]','Li0.15La0.283NbO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'single_crystal','Czochralski single crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(3,1,'4',NULL,NULL,2,2,'single crystal x=0.15, along [100]','Li0.15La0.283NbO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'single_crystal','Czochralski single crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(4,1,'5',NULL,NULL,3,3,'x=0.50','Li0.5Sr0.5Ti0.5Ta0.5O3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(5,1,'6',NULL,NULL,4,1,'LLTZO (LLTO + Al-doped LLZO)','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',1,'Al-doped Li-La-Zr-O (LLZO)',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(6,1,'7',NULL,NULL,5,4,'calcined 900 C 1 h, sintered 1200 C 6 h','Li0.29La0.57TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(7,1,'8',NULL,NULL,6,5,'La1/4Li1/4TaO3','La0.25Li0.25TaO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(8,1,'9',NULL,NULL,6,6,'Y1/4Li1/4TaO3','Y0.25Li0.25TaO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(9,1,'10',NULL,NULL,7,7,'LSTH','Li0.375Sr0.4375Ta0.75Hf0.25O3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'sol_gel','sol-gel',NULL,NULL,NULL,NULL,NULL,NULL,NULL,98.0,'=');
INSERT INTO "samples" VALUES(10,1,'11',NULL,NULL,8,8,'LLSTN x=0.08','Li0.5La0.42Sr0.08Ti0.92Nb0.08O3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(11,1,'12',NULL,NULL,9,9,'LLTO11 (x=0.11) annealed 1200 C','La0.557Li0.33TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'mechanochemical','double mechanical alloying',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(12,1,'13',NULL,NULL,10,1,'LLTO-F0','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(13,1,'14',NULL,NULL,10,1,'LLTO-F2','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',1,'LiF',2.0,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,95.4,'=');
INSERT INTO "samples" VALUES(14,1,'15',NULL,NULL,10,1,'LLTO-F4','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',1,'LiF',4.0,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(15,1,'16',NULL,NULL,10,1,'LLTO-F6','Li0.35La0.55TiO3','perovskite',NULL,NULL,NULL,'crystal',1,'LiF',6.0,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(16,1,'17',NULL,NULL,11,10,'LLTO, SPS (x = 0.09 by third-party reading)','Li0.27La0.5767TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'ball_mill','high-energy ball milling',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(17,1,'18',NULL,NULL,12,NULL,'LLT pristine',NULL,'perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'other','Pechini + solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,96.0,'=');
INSERT INTO "samples" VALUES(18,1,'19',NULL,'additive: nominal, 2 mol%',12,NULL,'LLT modified',NULL,'perovskite',NULL,NULL,NULL,'crystal',1,'LaNbO4',NULL,'other','Pechini + solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,97.0,'=');
INSERT INTO "samples" VALUES(19,1,'20',NULL,NULL,13,11,'Li15/56Sr1/16La15/28TiO3','Li0.26786Sr0.0625La0.53571TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'solid_state','solid-state',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(20,1,'21',NULL,'film, 0.025 mm thick',14,12,'tape-cast film, 25 um','Li0.34La0.56TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'other','tape casting',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(21,1,'22',NULL,NULL,14,12,'cold-pressed, thicker than 200 um','Li0.34La0.56TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,'other','cold pressing',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "samples" VALUES(22,1,'23',NULL,NULL,15,13,'Li0.30La0.56TiO3','Li0.30La0.56TiO3','perovskite',NULL,NULL,NULL,'crystal',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE spectrum_fits (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	fit_key VARCHAR NOT NULL, 
	spectrum_id INTEGER NOT NULL, 
	circuit VARCHAR NOT NULL, 
	circuit_basis VARCHAR NOT NULL, 
	weighting VARCHAR NOT NULL, 
	left_out VARCHAR, 
	parameters VARCHAR NOT NULL, 
	correlations VARCHAR, 
	arcs VARCHAR NOT NULL, 
	doubts VARCHAR, 
	misfit_percent FLOAT NOT NULL, 
	kramers_kronig_percent FLOAT, 
	points_failing INTEGER, 
	information_criterion FLOAT, 
	accepted_by VARCHAR, 
	software_version VARCHAR NOT NULL, 
	bulk_measurement_id INTEGER, 
	grain_boundary_measurement_id INTEGER, 
	total_measurement_id INTEGER, 
	grain_boundary_conductivity_s_per_cm2 FLOAT, 
	brick_layer_conductivity_s_per_cm FLOAT, 
	CONSTRAINT ck_spectrum_fits_circuit_basis_vocabulary CHECK (circuit_basis IN ('program', 'person')), 
	CONSTRAINT ck_spectrum_fits_weighting_vocabulary CHECK (weighting IN ('modulus', 'unit')), 
	CONSTRAINT ck_spectrum_fits_brick_layer_conductivity_s_per_cm_range CHECK (brick_layer_conductivity_s_per_cm >= 1e-24 AND brick_layer_conductivity_s_per_cm <= 100.0), 
	CONSTRAINT ck_spectrum_fits_grain_boundary_conductivity_s_per_cm2_range CHECK (grain_boundary_conductivity_s_per_cm2 >= 1e-18 AND grain_boundary_conductivity_s_per_cm2 <= 1000000000000.0), 
	CONSTRAINT ck_spectrum_fits_kramers_kronig_percent_range CHECK (kramers_kronig_percent >= 0 AND kramers_kronig_percent <= 10000.0), 
	CONSTRAINT ck_spectrum_fits_misfit_percent_range CHECK (misfit_percent >= 0 AND misfit_percent <= 10000.0), 
	CONSTRAINT ck_spectrum_fits_points_failing_range CHECK (points_failing >= 0 AND points_failing <= 100000), 
	CONSTRAINT fk_spectrum_fits_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_spectrum_fits_bulk_measurement_id_impedance_measurements FOREIGN KEY(bulk_measurement_id) REFERENCES impedance_measurements (id) ON DELETE SET NULL, 
	CONSTRAINT fk_spectrum_fits_grain_boundary_measurement_id_impedance_measurements FOREIGN KEY(grain_boundary_measurement_id) REFERENCES impedance_measurements (id) ON DELETE SET NULL, 
	CONSTRAINT fk_spectrum_fits_spectrum_id_impedance_spectra FOREIGN KEY(spectrum_id) REFERENCES impedance_spectra (id) ON DELETE CASCADE, 
	CONSTRAINT fk_spectrum_fits_total_measurement_id_impedance_measurements FOREIGN KEY(total_measurement_id) REFERENCES impedance_measurements (id) ON DELETE SET NULL, 
	CONSTRAINT uq_spectrum_fits_spectrum_id_fit_key UNIQUE (spectrum_id, fit_key)
);
CREATE TABLE structural_records (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	batch_id INTEGER NOT NULL, 
	source_row VARCHAR, 
	as_written VARCHAR, 
	remark VARCHAR, 
	record_key VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	composition_id INTEGER, 
	sample_id INTEGER, 
	publication_id INTEGER, 
	awaits_doi VARCHAR, 
	awaits_sample_label VARCHAR, 
	"match" VARCHAR NOT NULL, 
	space_group_symbol VARCHAR, 
	space_group_number INTEGER, 
	a_angstrom FLOAT, 
	b_angstrom FLOAT, 
	c_angstrom FLOAT, 
	alpha_degree FLOAT, 
	beta_degree FLOAT, 
	gamma_degree FLOAT, 
	formula_units FLOAT, 
	temperature_c FLOAT, 
	temperature_basis VARCHAR NOT NULL, 
	density_g_per_cm3 FLOAT, 
	unit_cell_volume_angstrom3 FLOAT, 
	cell_volume_angstrom3 FLOAT, 
	li_neighbor_distance_angstrom FLOAT, 
	li_site_occupancy FLOAT, 
	li_coordination_number FLOAT, 
	coordinates_basis VARCHAR NOT NULL, 
	source_citation VARCHAR, 
	source_url VARCHAR, 
	source_location VARCHAR, 
	icsd_number VARCHAR, 
	cod_number VARCHAR, 
	cif_text VARCHAR, 
	file_name VARCHAR, 
	file_sha256 VARCHAR, 
	CONSTRAINT ck_structural_records_distance_needs_exact_coordinates CHECK (coordinates_basis = 'exact' OR (li_neighbor_distance_angstrom IS NULL AND li_coordination_number IS NULL)), 
	CONSTRAINT ck_structural_records_coordinates_basis_vocabulary CHECK (coordinates_basis IN ('exact', 'perturbed', 'unknown')), 
	CONSTRAINT ck_structural_records_match_vocabulary CHECK (match IN ('exact', 'close')), 
	CONSTRAINT ck_structural_records_temperature_basis_vocabulary CHECK (temperature_basis IN ('stated', 'room_temperature', 'not_stated')), 
	CONSTRAINT ck_structural_records_a_angstrom_range CHECK (a_angstrom >= 1 AND a_angstrom <= 200), 
	CONSTRAINT ck_structural_records_alpha_degree_range CHECK (alpha_degree >= 10 AND alpha_degree <= 170), 
	CONSTRAINT ck_structural_records_b_angstrom_range CHECK (b_angstrom >= 1 AND b_angstrom <= 200), 
	CONSTRAINT ck_structural_records_beta_degree_range CHECK (beta_degree >= 10 AND beta_degree <= 170), 
	CONSTRAINT ck_structural_records_c_angstrom_range CHECK (c_angstrom >= 1 AND c_angstrom <= 200), 
	CONSTRAINT ck_structural_records_cell_volume_angstrom3_range CHECK (cell_volume_angstrom3 >= 1 AND cell_volume_angstrom3 <= 100000.0), 
	CONSTRAINT ck_structural_records_density_g_per_cm3_range CHECK (density_g_per_cm3 >= 0.1 AND density_g_per_cm3 <= 25), 
	CONSTRAINT ck_structural_records_formula_units_range CHECK (formula_units >= 0.01 AND formula_units <= 1000), 
	CONSTRAINT ck_structural_records_volume_per_formula_unit_needs_z CHECK (formula_units IS NOT NULL OR cell_volume_angstrom3 IS NULL OR unit_cell_volume_angstrom3 IS NULL), 
	CONSTRAINT ck_structural_records_gamma_degree_range CHECK (gamma_degree >= 10 AND gamma_degree <= 170), 
	CONSTRAINT ck_structural_records_li_coordination_number_range CHECK (li_coordination_number >= 0 AND li_coordination_number <= 24), 
	CONSTRAINT ck_structural_records_li_neighbor_distance_angstrom_range CHECK (li_neighbor_distance_angstrom >= 1 AND li_neighbor_distance_angstrom <= 5), 
	CONSTRAINT ck_structural_records_li_site_occupancy_range CHECK (li_site_occupancy >= 0 AND li_site_occupancy <= 1), 
	CONSTRAINT ck_structural_records_space_group_number_range CHECK (space_group_number >= 1 AND space_group_number <= 230), 
	CONSTRAINT ck_structural_records_temperature_c_range CHECK (temperature_c >= -273.15 AND temperature_c <= 1500), 
	CONSTRAINT ck_structural_records_unit_cell_volume_angstrom3_range CHECK (unit_cell_volume_angstrom3 >= 1 AND unit_cell_volume_angstrom3 <= 1000000.0), 
	CONSTRAINT fk_structural_records_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_structural_records_composition_id_compositions FOREIGN KEY(composition_id) REFERENCES compositions (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_structural_records_publication_id_publications FOREIGN KEY(publication_id) REFERENCES publications (id) ON DELETE RESTRICT, 
	CONSTRAINT fk_structural_records_sample_id_samples FOREIGN KEY(sample_id) REFERENCES samples (id) ON DELETE RESTRICT, 
	CONSTRAINT uq_structural_records_record_key UNIQUE (record_key)
);
INSERT INTO "structural_records" VALUES(1,2,'LLZO_tetragonal',NULL,NULL,'sha256:3057b7a42eec88ef03f37ccc1b4d4d8dc844583968eafaf8448afbfe24bc69b3|LLZO_tetragonal','LLZO_tetragonal',14,NULL,16,NULL,NULL,'exact','I4_1/acd',142,13.1279,13.1279,12.6715,90.0,90.0,90.0,8.0,NULL,'not_stated',5.108196,2183.828592,272.978574,2.090576,1.0,4.571429,'exact','J. Awaka; N. Kijima; H. Hayakawa et al. J. Solid State Chem. 182 (2009) 2046',NULL,NULL,'246817',NULL,'# Written from curated facts; no coordinate was computed or guessed.
# Source: J. Awaka, N. Kijima, H. Hayakawa, J. Akimoto, J. Solid State Chem. 182 (2009) 2046-2052; ICSD 246817; https://github.com/shuhebing/cavd examples/icsd_246817.cif (commit 7d714f4e3e1e322c1dc0b43465341280e12245e4)
data_LLZO_tetragonal
_chemical_formula_sum ''Li7 La3 Zr2 O12''
_chemical_name_common ''LLZO tetragonal''
_cell_length_a 13.1279
_cell_length_b 13.1279
_cell_length_c 12.6715
_cell_angle_alpha 90.0
_cell_angle_beta 90.0
_cell_angle_gamma 90.0
_cell_formula_units_Z 8
_space_group_name_H-M_alt ''I4_1/acd''
_space_group_IT_number 142
_journal_paper_doi 10.1016/j.jssc.2009.05.020
_database_code_ICSD 246817
_journal_name_full ''J. Solid State Chem.''
_journal_volume 182
_journal_year 2009
_journal_page_first 2046
loop_
_publ_author_name
''J. Awaka''
''N. Kijima''
''H. Hayakawa''
''J. Akimoto''
loop_
_space_group_symop_operation_xyz
''-x+1/2, -y+1/2, -z+1/2''
''-x+1/2, -y, z+1/2''
''-x+1/2, y+1/2, z''
''-x+1/2, y, -z''
''-x, -y+1/2, z''
''-x, -y, -z''
''-x, y+1/2, -z+1/2''
''-x, y, z+1/2''
''-y+1/4, -x+1/4, -z+1/4''
''-y+1/4, -x+3/4, z+3/4''
''-y+1/4, x+1/4, -z+3/4''
''-y+1/4, x+3/4, z+1/4''
''-y+3/4, -x+1/4, z+1/4''
''-y+3/4, -x+3/4, -z+3/4''
''-y+3/4, x+1/4, z+3/4''
''-y+3/4, x+3/4, -z+1/4''
''x+1/2, -y+1/2, -z''
''x+1/2, -y, z''
''x+1/2, y+1/2, z+1/2''
''x+1/2, y, -z+1/2''
''x, -y+1/2, z+1/2''
''x, -y, -z+1/2''
''x, y+1/2, -z''
''x, y, z''
''y+1/4, -x+1/4, z+3/4''
''y+1/4, -x+3/4, -z+1/4''
''y+1/4, x+1/4, z+1/4''
''y+1/4, x+3/4, -z+3/4''
''y+3/4, -x+1/4, -z+3/4''
''y+3/4, -x+3/4, z+1/4''
''y+3/4, x+1/4, -z+1/4''
''y+3/4, x+3/4, z+3/4''
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
La1 La 0.0 0.25 0.125 1
La2 La 0.127 0.0 0.25 1
Zr1 Zr 0.0 0.0 0.0 1
Li1 Li 0.0 0.25 0.375 1
Li2 Li 0.1797 0.4297 0.125 1
Li3 Li 0.0806 0.0857 0.8041 1
O1 O -0.0338 0.0548 0.1524 1
O2 O 0.0541 0.8529 0.5338 1
O3 O 0.1496 0.0276 0.4464 1
','LLZO_tetragonal.cif','3057b7a42eec88ef03f37ccc1b4d4d8dc844583968eafaf8448afbfe24bc69b3');
CREATE INDEX ix_change_log_batch_id ON change_log (batch_id);
CREATE INDEX ix_change_log_row_id ON change_log (row_id);
CREATE INDEX ix_change_log_table_name ON change_log (table_name);
CREATE INDEX ix_compositions_batch_id ON compositions (batch_id);
CREATE INDEX ix_compositions_reduced_formula ON compositions (reduced_formula);
CREATE INDEX ix_composition_elements_batch_id ON composition_elements (batch_id);
CREATE INDEX ix_composition_elements_element ON composition_elements (element);
CREATE INDEX ix_activation_energies_batch_id ON activation_energies (batch_id);
CREATE INDEX ix_impedance_measurements_batch_id ON impedance_measurements (batch_id);
CREATE UNIQUE INDEX uq_impedance_measurements_natural_key ON impedance_measurements (sample_id, contribution, temperature_c, temperature_basis, replicate_label) WHERE temperature_c IS NOT NULL;
CREATE UNIQUE INDEX uq_impedance_measurements_natural_key_without_temperature ON impedance_measurements (sample_id, contribution, temperature_basis, replicate_label) WHERE temperature_c IS NULL;
CREATE INDEX ix_processing_steps_batch_id ON processing_steps (batch_id);
CREATE INDEX ix_structural_records_batch_id ON structural_records (batch_id);
CREATE INDEX ix_structural_records_composition_id ON structural_records (composition_id);
CREATE INDEX ix_structural_records_file_sha256 ON structural_records (file_sha256);
CREATE INDEX ix_structural_records_publication_id ON structural_records (publication_id);
CREATE INDEX ix_structural_records_sample_id ON structural_records (sample_id);
CREATE INDEX ix_impedance_measurements_sample_id ON impedance_measurements (sample_id);
CREATE INDEX ix_samples_batch_id ON samples (batch_id);
CREATE INDEX ix_samples_composition_id ON samples (composition_id);
CREATE INDEX ix_samples_structure_class ON samples (structure_class);
CREATE INDEX ix_publications_batch_id ON publications (batch_id);
CREATE INDEX ix_publications_review_state ON publications (review_state);
CREATE INDEX ix_publications_title_key ON publications (title_key);
CREATE UNIQUE INDEX uq_publications_title_without_doi ON publications (title_key, year) WHERE doi IS NULL AND year IS NOT NULL;
CREATE UNIQUE INDEX uq_publications_title_without_doi_and_year ON publications (title_key) WHERE doi IS NULL AND year IS NULL;
CREATE INDEX ix_publication_identifiers_batch_id ON publication_identifiers (batch_id);
CREATE UNIQUE INDEX uq_publication_identifiers_doi ON publication_identifiers (value) WHERE kind = 'doi';
CREATE INDEX ix_sample_aliases_batch_id ON sample_aliases (batch_id);
CREATE INDEX ix_attachments_batch_id ON attachments (batch_id);
CREATE INDEX ix_attachments_publication_id ON attachments (publication_id);
CREATE UNIQUE INDEX uq_attachments_place_publication_id ON attachments (place, publication_id) WHERE publication_id IS NOT NULL;
CREATE INDEX ix_attachments_sample_id ON attachments (sample_id);
CREATE UNIQUE INDEX uq_attachments_place_sample_id ON attachments (place, sample_id) WHERE sample_id IS NOT NULL;
CREATE INDEX ix_attachments_measurement_id ON attachments (measurement_id);
CREATE UNIQUE INDEX uq_attachments_place_measurement_id ON attachments (place, measurement_id) WHERE measurement_id IS NOT NULL;
CREATE INDEX ix_impedance_spectra_batch_id ON impedance_spectra (batch_id);
CREATE INDEX ix_impedance_spectra_file_sha256 ON impedance_spectra (file_sha256);
CREATE INDEX ix_spectrum_fits_batch_id ON spectrum_fits (batch_id);
CREATE INDEX ix_spectrum_fits_bulk_measurement_id ON spectrum_fits (bulk_measurement_id);
CREATE INDEX ix_spectrum_fits_grain_boundary_measurement_id ON spectrum_fits (grain_boundary_measurement_id);
CREATE INDEX ix_spectrum_fits_total_measurement_id ON spectrum_fits (total_measurement_id);
CREATE VIEW chemical_descriptors AS
WITH amounts AS (
    SELECT
        c.composition_id,
        c.amount,
        CASE WHEN c.element = 'Li' THEN c.amount ELSE 0.0 END AS lithium,
        CASE WHEN c.element IN ('Li', 'O') THEN 0.0 ELSE c.amount END AS framework,
        e.electronegativity_pauling,
        e.polarizability_au,
        e.atomic_number
    FROM composition_elements AS c
    INNER JOIN elements AS e ON e.symbol = c.element
)
SELECT
    composition_id,
    sum(lithium) / sum(amount) AS li_ratio,
    CASE WHEN sum(CASE WHEN framework > 0 AND electronegativity_pauling IS NULL THEN 1 ELSE 0 END) = 0
        THEN sum(framework * coalesce(electronegativity_pauling, 0.0)) / sum(amount) END AS electronegativity,
    CASE WHEN sum(CASE WHEN framework > 0 AND polarizability_au IS NULL THEN 1 ELSE 0 END) = 0
        THEN sum(framework * coalesce(polarizability_au, 0.0)) / sum(amount) END AS polarizability,
    sum(framework * atomic_number) / sum(amount) AS atomic_number
FROM amounts
GROUP BY composition_id;
CREATE VIEW descriptors AS
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.composition_id,
    s.additive_present,
    CASE WHEN s.additive_present = 0 THEN 0.0 ELSE s.additive_wt_percent END AS additive_wt_percent,
    p.sintering_temperature_c,
    p.sintering_time_h,
    s.pellet_diameter_mm,
    CASE
        WHEN s.synthesis_method IN ('solid_state', 'ball_mill', 'mechanochemical') THEN 0
        WHEN s.synthesis_method IN ('melt_quench') THEN 1
        WHEN s.synthesis_method IN (
            'co_precipitation', 'hydrothermal', 'solution', 'spray', 'evaporation_induced_self_assembly'
        ) THEN 2
        WHEN s.synthesis_method IN ('sol_gel', 'citrate', 'pechini') THEN 3
    END AS method_code,
    CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~') THEN s.grain_size_um END AS grain_size_um,
    CASE s.phase_type WHEN 'crystal' THEN 0 WHEN 'glass_ceramic' THEN 1 END AS phase_code,
    c.li_ratio,
    r.li_site_occupancy,
    c.electronegativity,
    c.polarizability,
    c.atomic_number,
    r.li_neighbor_distance_angstrom,
    r.li_coordination_number,
    r.density_g_per_cm3,
    r.cell_volume_angstrom3,
    p.processing_step_id,
    r.occupancy_record_id,
    r.distance_record_id,
    r.coordination_record_id,
    r.density_record_id,
    r.volume_record_id
FROM samples AS s
LEFT JOIN sintering_steps AS p ON p.sample_id = s.id
LEFT JOIN chemical_descriptors AS c ON c.composition_id = s.composition_id
LEFT JOIN sample_structures AS r ON r.sample_id = s.id;
CREATE VIEW fitted_spectra AS
SELECT
    i.id AS spectrum_id,
    f.id AS spectrum_fit_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.doi,
    n.reference,
    i.label AS spectrum_label,
    i.instrument,
    i.temperature_c,
    i.temperature_basis,
    i.pellet_thickness_mm,
    i.pellet_diameter_mm,
    i.point_count,
    i.lowest_frequency_hz,
    i.highest_frequency_hz,
    i.points,
    i.reading,
    f.circuit,
    f.circuit_basis,
    f.weighting,
    f.left_out,
    f.parameters,
    f.arcs,
    f.doubts,
    f.misfit_percent,
    f.kramers_kronig_percent,
    f.points_failing,
    f.accepted_by,
    b.conductivity_s_per_cm AS fitted_bulk_conductivity_s_per_cm,
    b.uncertainty_s_per_cm AS fitted_bulk_uncertainty_s_per_cm,
    g.conductivity_s_per_cm AS fitted_grain_boundary_conductivity_s_per_cm,
    g.uncertainty_s_per_cm AS fitted_grain_boundary_uncertainty_s_per_cm,
    t.conductivity_s_per_cm AS fitted_total_conductivity_s_per_cm,
    t.uncertainty_s_per_cm AS fitted_total_uncertainty_s_per_cm,
    f.grain_boundary_conductivity_s_per_cm2,
    f.brick_layer_conductivity_s_per_cm
FROM impedance_spectra AS i
INNER JOIN sample_names AS n ON n.sample_id = i.sample_id
LEFT JOIN spectrum_fits AS f ON f.spectrum_id = i.id
LEFT JOIN impedance_measurements AS b ON b.id = f.bulk_measurement_id
LEFT JOIN impedance_measurements AS g ON g.id = f.grain_boundary_measurement_id
LEFT JOIN impedance_measurements AS t ON t.id = f.total_measurement_id;
CREATE TRIGGER keep_change_log_on_delete BEFORE DELETE ON change_log BEGIN
    SELECT RAISE(ABORT, 'the change log is only ever added to');
END;
CREATE TRIGGER keep_change_log_on_update BEFORE UPDATE ON change_log BEGIN
    SELECT RAISE(ABORT, 'the change log is only ever added to');
END;
CREATE TRIGGER log_delete_activation_energies AFTER DELETE ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'replicate_label', OLD.replicate_label, 'activation_energy_ev', CASE WHEN OLD.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', OLD.activation_energy_ev)) END, 'relation', OLD.relation, 'uncertainty_ev', CASE WHEN OLD.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_ev)) END, 'source_location', OLD.source_location), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_attachments AFTER DELETE ON attachments
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('attachments', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'sample_id', OLD.sample_id, 'measurement_id', OLD.measurement_id, 'kind', OLD.kind, 'file_name', OLD.file_name, 'place', OLD.place, 'sha256', OLD.sha256, 'size_bytes', OLD.size_bytes, 'note', OLD.note), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_composition_elements AFTER DELETE ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_compositions AFTER DELETE ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_impedance_measurements AFTER DELETE ON impedance_measurements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'replicate_label', OLD.replicate_label, 'conductivity_s_per_cm', CASE WHEN OLD.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.conductivity_s_per_cm)) END, 'relation', OLD.relation, 'uncertainty_s_per_cm', CASE WHEN OLD.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_s_per_cm)) END, 'value_basis', OLD.value_basis, 'source_location', OLD.source_location, 'source_kind', OLD.source_kind, 'source_url', OLD.source_url, 'identity_basis', OLD.identity_basis, 'compiled_via', OLD.compiled_via, 'confidence', OLD.confidence), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_impedance_spectra AFTER DELETE ON impedance_spectra
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'spectrum_key', OLD.spectrum_key, 'sample_id', OLD.sample_id, 'label', OLD.label, 'instrument', OLD.instrument, 'measured_at', OLD.measured_at, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'point_count', OLD.point_count, 'lowest_frequency_hz', CASE WHEN OLD.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN OLD.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.highest_frequency_hz)) END, 'points', OLD.points, 'reading', OLD.reading, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_processing_steps AFTER DELETE ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'position', OLD.position, 'operation', OLD.operation, 'operation_text', OLD.operation_text, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'duration_h', CASE WHEN OLD.duration_h IS NOT NULL THEN json(printf('%!.17g', OLD.duration_h)) END, 'atmosphere', OLD.atmosphere, 'pressure_mpa', CASE WHEN OLD.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', OLD.pressure_mpa)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_publication_identifiers AFTER DELETE ON publication_identifiers
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'kind', OLD.kind, 'value', OLD.value), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_publications AFTER DELETE ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'doi', OLD.doi, 'title', OLD.title, 'title_key', OLD.title_key, 'first_author', OLD.first_author, 'authors', OLD.authors, 'journal', OLD.journal, 'year', OLD.year, 'volume', OLD.volume, 'pages', OLD.pages, 'url', OLD.url, 'kind', OLD.kind, 'review_state', OLD.review_state, 'reviewed_by', OLD.reviewed_by, 'reviewed_at', OLD.reviewed_at, 'own_review', OLD.own_review, 'remark', OLD.remark), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_sample_aliases AFTER DELETE ON sample_aliases
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'sample_id', OLD.sample_id, 'label', OLD.label), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_samples AFTER DELETE ON samples
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'publication_id', OLD.publication_id, 'composition_id', OLD.composition_id, 'label', OLD.label, 'formula_as_written', OLD.formula_as_written, 'structure_class', OLD.structure_class, 'structure_type', OLD.structure_type, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'phase_type', OLD.phase_type, 'additive_present', OLD.additive_present, 'additive_formula', OLD.additive_formula, 'additive_wt_percent', CASE WHEN OLD.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', OLD.additive_wt_percent)) END, 'synthesis_method', OLD.synthesis_method, 'synthesis_method_text', OLD.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN OLD.grain_size_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_um)) END, 'grain_size_relation', OLD.grain_size_relation, 'grain_size_lower_um', CASE WHEN OLD.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN OLD.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_upper_um)) END, 'grain_size_basis', OLD.grain_size_basis, 'relative_density_percent', CASE WHEN OLD.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', OLD.relative_density_percent)) END, 'relative_density_relation', OLD.relative_density_relation), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_spectrum_fits AFTER DELETE ON spectrum_fits
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'fit_key', OLD.fit_key, 'spectrum_id', OLD.spectrum_id, 'circuit', OLD.circuit, 'circuit_basis', OLD.circuit_basis, 'weighting', OLD.weighting, 'left_out', OLD.left_out, 'parameters', OLD.parameters, 'correlations', OLD.correlations, 'arcs', OLD.arcs, 'doubts', OLD.doubts, 'misfit_percent', CASE WHEN OLD.misfit_percent IS NOT NULL THEN json(printf('%!.17g', OLD.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN OLD.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', OLD.kramers_kronig_percent)) END, 'points_failing', OLD.points_failing, 'information_criterion', CASE WHEN OLD.information_criterion IS NOT NULL THEN json(printf('%!.17g', OLD.information_criterion)) END, 'accepted_by', OLD.accepted_by, 'software_version', OLD.software_version, 'bulk_measurement_id', OLD.bulk_measurement_id, 'grain_boundary_measurement_id', OLD.grain_boundary_measurement_id, 'total_measurement_id', OLD.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', OLD.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN OLD.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.brick_layer_conductivity_s_per_cm)) END), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_delete_structural_records AFTER DELETE ON structural_records
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', OLD.id, 'delete', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'record_key', OLD.record_key, 'label', OLD.label, 'composition_id', OLD.composition_id, 'sample_id', OLD.sample_id, 'publication_id', OLD.publication_id, 'awaits_doi', OLD.awaits_doi, 'awaits_sample_label', OLD.awaits_sample_label, 'match', OLD.match, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'a_angstrom', CASE WHEN OLD.a_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.a_angstrom)) END, 'b_angstrom', CASE WHEN OLD.b_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.b_angstrom)) END, 'c_angstrom', CASE WHEN OLD.c_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.c_angstrom)) END, 'alpha_degree', CASE WHEN OLD.alpha_degree IS NOT NULL THEN json(printf('%!.17g', OLD.alpha_degree)) END, 'beta_degree', CASE WHEN OLD.beta_degree IS NOT NULL THEN json(printf('%!.17g', OLD.beta_degree)) END, 'gamma_degree', CASE WHEN OLD.gamma_degree IS NOT NULL THEN json(printf('%!.17g', OLD.gamma_degree)) END, 'formula_units', CASE WHEN OLD.formula_units IS NOT NULL THEN json(printf('%!.17g', OLD.formula_units)) END, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'density_g_per_cm3', CASE WHEN OLD.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', OLD.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN OLD.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN OLD.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN OLD.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN OLD.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', OLD.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN OLD.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', OLD.li_coordination_number)) END, 'coordinates_basis', OLD.coordinates_basis, 'source_citation', OLD.source_citation, 'source_url', OLD.source_url, 'source_location', OLD.source_location, 'icsd_number', OLD.icsd_number, 'cod_number', OLD.cod_number, 'cif_text', OLD.cif_text, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), NULL, (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_activation_energies AFTER INSERT ON activation_energies
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'replicate_label', NEW.replicate_label, 'activation_energy_ev', CASE WHEN NEW.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', NEW.activation_energy_ev)) END, 'relation', NEW.relation, 'uncertainty_ev', CASE WHEN NEW.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_ev)) END, 'source_location', NEW.source_location), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_attachments AFTER INSERT ON attachments
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('attachments', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'sample_id', NEW.sample_id, 'measurement_id', NEW.measurement_id, 'kind', NEW.kind, 'file_name', NEW.file_name, 'place', NEW.place, 'sha256', NEW.sha256, 'size_bytes', NEW.size_bytes, 'note', NEW.note), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_composition_elements AFTER INSERT ON composition_elements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_compositions AFTER INSERT ON compositions
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_impedance_measurements AFTER INSERT ON impedance_measurements
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'replicate_label', NEW.replicate_label, 'conductivity_s_per_cm', CASE WHEN NEW.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.conductivity_s_per_cm)) END, 'relation', NEW.relation, 'uncertainty_s_per_cm', CASE WHEN NEW.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_s_per_cm)) END, 'value_basis', NEW.value_basis, 'source_location', NEW.source_location, 'source_kind', NEW.source_kind, 'source_url', NEW.source_url, 'identity_basis', NEW.identity_basis, 'compiled_via', NEW.compiled_via, 'confidence', NEW.confidence), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_impedance_spectra AFTER INSERT ON impedance_spectra
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'spectrum_key', NEW.spectrum_key, 'sample_id', NEW.sample_id, 'label', NEW.label, 'instrument', NEW.instrument, 'measured_at', NEW.measured_at, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'point_count', NEW.point_count, 'lowest_frequency_hz', CASE WHEN NEW.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN NEW.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.highest_frequency_hz)) END, 'points', NEW.points, 'reading', NEW.reading, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_processing_steps AFTER INSERT ON processing_steps
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'position', NEW.position, 'operation', NEW.operation, 'operation_text', NEW.operation_text, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'duration_h', CASE WHEN NEW.duration_h IS NOT NULL THEN json(printf('%!.17g', NEW.duration_h)) END, 'atmosphere', NEW.atmosphere, 'pressure_mpa', CASE WHEN NEW.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', NEW.pressure_mpa)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_publication_identifiers AFTER INSERT ON publication_identifiers
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'kind', NEW.kind, 'value', NEW.value), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_publications AFTER INSERT ON publications
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'doi', NEW.doi, 'title', NEW.title, 'title_key', NEW.title_key, 'first_author', NEW.first_author, 'authors', NEW.authors, 'journal', NEW.journal, 'year', NEW.year, 'volume', NEW.volume, 'pages', NEW.pages, 'url', NEW.url, 'kind', NEW.kind, 'review_state', NEW.review_state, 'reviewed_by', NEW.reviewed_by, 'reviewed_at', NEW.reviewed_at, 'own_review', NEW.own_review, 'remark', NEW.remark), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_sample_aliases AFTER INSERT ON sample_aliases
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'sample_id', NEW.sample_id, 'label', NEW.label), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_samples AFTER INSERT ON samples
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'publication_id', NEW.publication_id, 'composition_id', NEW.composition_id, 'label', NEW.label, 'formula_as_written', NEW.formula_as_written, 'structure_class', NEW.structure_class, 'structure_type', NEW.structure_type, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'phase_type', NEW.phase_type, 'additive_present', NEW.additive_present, 'additive_formula', NEW.additive_formula, 'additive_wt_percent', CASE WHEN NEW.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', NEW.additive_wt_percent)) END, 'synthesis_method', NEW.synthesis_method, 'synthesis_method_text', NEW.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN NEW.grain_size_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_um)) END, 'grain_size_relation', NEW.grain_size_relation, 'grain_size_lower_um', CASE WHEN NEW.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN NEW.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_upper_um)) END, 'grain_size_basis', NEW.grain_size_basis, 'relative_density_percent', CASE WHEN NEW.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', NEW.relative_density_percent)) END, 'relative_density_relation', NEW.relative_density_relation), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_spectrum_fits AFTER INSERT ON spectrum_fits
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'fit_key', NEW.fit_key, 'spectrum_id', NEW.spectrum_id, 'circuit', NEW.circuit, 'circuit_basis', NEW.circuit_basis, 'weighting', NEW.weighting, 'left_out', NEW.left_out, 'parameters', NEW.parameters, 'correlations', NEW.correlations, 'arcs', NEW.arcs, 'doubts', NEW.doubts, 'misfit_percent', CASE WHEN NEW.misfit_percent IS NOT NULL THEN json(printf('%!.17g', NEW.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN NEW.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', NEW.kramers_kronig_percent)) END, 'points_failing', NEW.points_failing, 'information_criterion', CASE WHEN NEW.information_criterion IS NOT NULL THEN json(printf('%!.17g', NEW.information_criterion)) END, 'accepted_by', NEW.accepted_by, 'software_version', NEW.software_version, 'bulk_measurement_id', NEW.bulk_measurement_id, 'grain_boundary_measurement_id', NEW.grain_boundary_measurement_id, 'total_measurement_id', NEW.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN NEW.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', NEW.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN NEW.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.brick_layer_conductivity_s_per_cm)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_insert_structural_records AFTER INSERT ON structural_records
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', NEW.id, 'insert', NULL, json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'record_key', NEW.record_key, 'label', NEW.label, 'composition_id', NEW.composition_id, 'sample_id', NEW.sample_id, 'publication_id', NEW.publication_id, 'awaits_doi', NEW.awaits_doi, 'awaits_sample_label', NEW.awaits_sample_label, 'match', NEW.match, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'a_angstrom', CASE WHEN NEW.a_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.a_angstrom)) END, 'b_angstrom', CASE WHEN NEW.b_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.b_angstrom)) END, 'c_angstrom', CASE WHEN NEW.c_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.c_angstrom)) END, 'alpha_degree', CASE WHEN NEW.alpha_degree IS NOT NULL THEN json(printf('%!.17g', NEW.alpha_degree)) END, 'beta_degree', CASE WHEN NEW.beta_degree IS NOT NULL THEN json(printf('%!.17g', NEW.beta_degree)) END, 'gamma_degree', CASE WHEN NEW.gamma_degree IS NOT NULL THEN json(printf('%!.17g', NEW.gamma_degree)) END, 'formula_units', CASE WHEN NEW.formula_units IS NOT NULL THEN json(printf('%!.17g', NEW.formula_units)) END, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'density_g_per_cm3', CASE WHEN NEW.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', NEW.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN NEW.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN NEW.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN NEW.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN NEW.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', NEW.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN NEW.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', NEW.li_coordination_number)) END, 'coordinates_basis', NEW.coordinates_basis, 'source_citation', NEW.source_citation, 'source_url', NEW.source_url, 'source_location', NEW.source_location, 'icsd_number', NEW.icsd_number, 'cod_number', NEW.cod_number, 'cif_text', NEW.cif_text, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_activation_energies AFTER UPDATE ON activation_energies
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.contribution IS NOT NEW.contribution OR OLD.contribution_basis IS NOT NEW.contribution_basis OR OLD.replicate_label IS NOT NEW.replicate_label OR OLD.activation_energy_ev IS NOT NEW.activation_energy_ev OR OLD.relation IS NOT NEW.relation OR OLD.uncertainty_ev IS NOT NEW.uncertainty_ev OR OLD.source_location IS NOT NEW.source_location
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('activation_energies', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'replicate_label', OLD.replicate_label, 'activation_energy_ev', CASE WHEN OLD.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', OLD.activation_energy_ev)) END, 'relation', OLD.relation, 'uncertainty_ev', CASE WHEN OLD.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_ev)) END, 'source_location', OLD.source_location), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'replicate_label', NEW.replicate_label, 'activation_energy_ev', CASE WHEN NEW.activation_energy_ev IS NOT NULL THEN json(printf('%!.17g', NEW.activation_energy_ev)) END, 'relation', NEW.relation, 'uncertainty_ev', CASE WHEN NEW.uncertainty_ev IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_ev)) END, 'source_location', NEW.source_location), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_attachments AFTER UPDATE ON attachments
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.publication_id IS NOT NEW.publication_id OR OLD.sample_id IS NOT NEW.sample_id OR OLD.measurement_id IS NOT NEW.measurement_id OR OLD.kind IS NOT NEW.kind OR OLD.file_name IS NOT NEW.file_name OR OLD.place IS NOT NEW.place OR OLD.sha256 IS NOT NEW.sha256 OR OLD.size_bytes IS NOT NEW.size_bytes OR OLD.note IS NOT NEW.note
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('attachments', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'sample_id', OLD.sample_id, 'measurement_id', OLD.measurement_id, 'kind', OLD.kind, 'file_name', OLD.file_name, 'place', OLD.place, 'sha256', OLD.sha256, 'size_bytes', OLD.size_bytes, 'note', OLD.note), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'sample_id', NEW.sample_id, 'measurement_id', NEW.measurement_id, 'kind', NEW.kind, 'file_name', NEW.file_name, 'place', NEW.place, 'sha256', NEW.sha256, 'size_bytes', NEW.size_bytes, 'note', NEW.note), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_composition_elements AFTER UPDATE ON composition_elements
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.composition_id IS NOT NEW.composition_id OR OLD.element IS NOT NEW.element OR OLD.amount IS NOT NEW.amount
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('composition_elements', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'composition_id', OLD.composition_id, 'element', OLD.element, 'amount', CASE WHEN OLD.amount IS NOT NULL THEN json(printf('%!.17g', OLD.amount)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'composition_id', NEW.composition_id, 'element', NEW.element, 'amount', CASE WHEN NEW.amount IS NOT NULL THEN json(printf('%!.17g', NEW.amount)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_compositions AFTER UPDATE ON compositions
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.formula IS NOT NEW.formula OR OLD.reduced_formula IS NOT NEW.reduced_formula OR OLD.fingerprint IS NOT NEW.fingerprint
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('compositions', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'formula', OLD.formula, 'reduced_formula', OLD.reduced_formula, 'fingerprint', OLD.fingerprint), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'formula', NEW.formula, 'reduced_formula', NEW.reduced_formula, 'fingerprint', NEW.fingerprint), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_impedance_measurements AFTER UPDATE ON impedance_measurements
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.contribution IS NOT NEW.contribution OR OLD.contribution_basis IS NOT NEW.contribution_basis OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.replicate_label IS NOT NEW.replicate_label OR OLD.conductivity_s_per_cm IS NOT NEW.conductivity_s_per_cm OR OLD.relation IS NOT NEW.relation OR OLD.uncertainty_s_per_cm IS NOT NEW.uncertainty_s_per_cm OR OLD.value_basis IS NOT NEW.value_basis OR OLD.source_location IS NOT NEW.source_location OR OLD.source_kind IS NOT NEW.source_kind OR OLD.source_url IS NOT NEW.source_url OR OLD.identity_basis IS NOT NEW.identity_basis OR OLD.compiled_via IS NOT NEW.compiled_via OR OLD.confidence IS NOT NEW.confidence
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_measurements', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'contribution', OLD.contribution, 'contribution_basis', OLD.contribution_basis, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'replicate_label', OLD.replicate_label, 'conductivity_s_per_cm', CASE WHEN OLD.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.conductivity_s_per_cm)) END, 'relation', OLD.relation, 'uncertainty_s_per_cm', CASE WHEN OLD.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.uncertainty_s_per_cm)) END, 'value_basis', OLD.value_basis, 'source_location', OLD.source_location, 'source_kind', OLD.source_kind, 'source_url', OLD.source_url, 'identity_basis', OLD.identity_basis, 'compiled_via', OLD.compiled_via, 'confidence', OLD.confidence), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'contribution', NEW.contribution, 'contribution_basis', NEW.contribution_basis, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'replicate_label', NEW.replicate_label, 'conductivity_s_per_cm', CASE WHEN NEW.conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.conductivity_s_per_cm)) END, 'relation', NEW.relation, 'uncertainty_s_per_cm', CASE WHEN NEW.uncertainty_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.uncertainty_s_per_cm)) END, 'value_basis', NEW.value_basis, 'source_location', NEW.source_location, 'source_kind', NEW.source_kind, 'source_url', NEW.source_url, 'identity_basis', NEW.identity_basis, 'compiled_via', NEW.compiled_via, 'confidence', NEW.confidence), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_impedance_spectra AFTER UPDATE ON impedance_spectra
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.spectrum_key IS NOT NEW.spectrum_key OR OLD.sample_id IS NOT NEW.sample_id OR OLD.label IS NOT NEW.label OR OLD.instrument IS NOT NEW.instrument OR OLD.measured_at IS NOT NEW.measured_at OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.pellet_diameter_mm IS NOT NEW.pellet_diameter_mm OR OLD.pellet_thickness_mm IS NOT NEW.pellet_thickness_mm OR OLD.point_count IS NOT NEW.point_count OR OLD.lowest_frequency_hz IS NOT NEW.lowest_frequency_hz OR OLD.highest_frequency_hz IS NOT NEW.highest_frequency_hz OR OLD.points IS NOT NEW.points OR OLD.reading IS NOT NEW.reading OR OLD.file_name IS NOT NEW.file_name OR OLD.file_sha256 IS NOT NEW.file_sha256
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('impedance_spectra', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'spectrum_key', OLD.spectrum_key, 'sample_id', OLD.sample_id, 'label', OLD.label, 'instrument', OLD.instrument, 'measured_at', OLD.measured_at, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'point_count', OLD.point_count, 'lowest_frequency_hz', CASE WHEN OLD.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN OLD.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', OLD.highest_frequency_hz)) END, 'points', OLD.points, 'reading', OLD.reading, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'spectrum_key', NEW.spectrum_key, 'sample_id', NEW.sample_id, 'label', NEW.label, 'instrument', NEW.instrument, 'measured_at', NEW.measured_at, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'point_count', NEW.point_count, 'lowest_frequency_hz', CASE WHEN NEW.lowest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.lowest_frequency_hz)) END, 'highest_frequency_hz', CASE WHEN NEW.highest_frequency_hz IS NOT NULL THEN json(printf('%!.17g', NEW.highest_frequency_hz)) END, 'points', NEW.points, 'reading', NEW.reading, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_processing_steps AFTER UPDATE ON processing_steps
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.sample_id IS NOT NEW.sample_id OR OLD.position IS NOT NEW.position OR OLD.operation IS NOT NEW.operation OR OLD.operation_text IS NOT NEW.operation_text OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.duration_h IS NOT NEW.duration_h OR OLD.atmosphere IS NOT NEW.atmosphere OR OLD.pressure_mpa IS NOT NEW.pressure_mpa
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('processing_steps', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'sample_id', OLD.sample_id, 'position', OLD.position, 'operation', OLD.operation, 'operation_text', OLD.operation_text, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'duration_h', CASE WHEN OLD.duration_h IS NOT NULL THEN json(printf('%!.17g', OLD.duration_h)) END, 'atmosphere', OLD.atmosphere, 'pressure_mpa', CASE WHEN OLD.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', OLD.pressure_mpa)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'sample_id', NEW.sample_id, 'position', NEW.position, 'operation', NEW.operation, 'operation_text', NEW.operation_text, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'duration_h', CASE WHEN NEW.duration_h IS NOT NULL THEN json(printf('%!.17g', NEW.duration_h)) END, 'atmosphere', NEW.atmosphere, 'pressure_mpa', CASE WHEN NEW.pressure_mpa IS NOT NULL THEN json(printf('%!.17g', NEW.pressure_mpa)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_publication_identifiers AFTER UPDATE ON publication_identifiers
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.publication_id IS NOT NEW.publication_id OR OLD.kind IS NOT NEW.kind OR OLD.value IS NOT NEW.value
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publication_identifiers', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'publication_id', OLD.publication_id, 'kind', OLD.kind, 'value', OLD.value), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'publication_id', NEW.publication_id, 'kind', NEW.kind, 'value', NEW.value), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_publications AFTER UPDATE ON publications
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.doi IS NOT NEW.doi OR OLD.title IS NOT NEW.title OR OLD.title_key IS NOT NEW.title_key OR OLD.first_author IS NOT NEW.first_author OR OLD.authors IS NOT NEW.authors OR OLD.journal IS NOT NEW.journal OR OLD.year IS NOT NEW.year OR OLD.volume IS NOT NEW.volume OR OLD.pages IS NOT NEW.pages OR OLD.url IS NOT NEW.url OR OLD.kind IS NOT NEW.kind OR OLD.review_state IS NOT NEW.review_state OR OLD.reviewed_by IS NOT NEW.reviewed_by OR OLD.reviewed_at IS NOT NEW.reviewed_at OR OLD.own_review IS NOT NEW.own_review OR OLD.remark IS NOT NEW.remark
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('publications', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'doi', OLD.doi, 'title', OLD.title, 'title_key', OLD.title_key, 'first_author', OLD.first_author, 'authors', OLD.authors, 'journal', OLD.journal, 'year', OLD.year, 'volume', OLD.volume, 'pages', OLD.pages, 'url', OLD.url, 'kind', OLD.kind, 'review_state', OLD.review_state, 'reviewed_by', OLD.reviewed_by, 'reviewed_at', OLD.reviewed_at, 'own_review', OLD.own_review, 'remark', OLD.remark), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'doi', NEW.doi, 'title', NEW.title, 'title_key', NEW.title_key, 'first_author', NEW.first_author, 'authors', NEW.authors, 'journal', NEW.journal, 'year', NEW.year, 'volume', NEW.volume, 'pages', NEW.pages, 'url', NEW.url, 'kind', NEW.kind, 'review_state', NEW.review_state, 'reviewed_by', NEW.reviewed_by, 'reviewed_at', NEW.reviewed_at, 'own_review', NEW.own_review, 'remark', NEW.remark), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_sample_aliases AFTER UPDATE ON sample_aliases
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.sample_id IS NOT NEW.sample_id OR OLD.label IS NOT NEW.label
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('sample_aliases', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'sample_id', OLD.sample_id, 'label', OLD.label), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'sample_id', NEW.sample_id, 'label', NEW.label), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_samples AFTER UPDATE ON samples
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.publication_id IS NOT NEW.publication_id OR OLD.composition_id IS NOT NEW.composition_id OR OLD.label IS NOT NEW.label OR OLD.formula_as_written IS NOT NEW.formula_as_written OR OLD.structure_class IS NOT NEW.structure_class OR OLD.structure_type IS NOT NEW.structure_type OR OLD.space_group_symbol IS NOT NEW.space_group_symbol OR OLD.space_group_number IS NOT NEW.space_group_number OR OLD.phase_type IS NOT NEW.phase_type OR OLD.additive_present IS NOT NEW.additive_present OR OLD.additive_formula IS NOT NEW.additive_formula OR OLD.additive_wt_percent IS NOT NEW.additive_wt_percent OR OLD.synthesis_method IS NOT NEW.synthesis_method OR OLD.synthesis_method_text IS NOT NEW.synthesis_method_text OR OLD.pellet_diameter_mm IS NOT NEW.pellet_diameter_mm OR OLD.pellet_thickness_mm IS NOT NEW.pellet_thickness_mm OR OLD.grain_size_um IS NOT NEW.grain_size_um OR OLD.grain_size_relation IS NOT NEW.grain_size_relation OR OLD.grain_size_lower_um IS NOT NEW.grain_size_lower_um OR OLD.grain_size_upper_um IS NOT NEW.grain_size_upper_um OR OLD.grain_size_basis IS NOT NEW.grain_size_basis OR OLD.relative_density_percent IS NOT NEW.relative_density_percent OR OLD.relative_density_relation IS NOT NEW.relative_density_relation
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('samples', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'publication_id', OLD.publication_id, 'composition_id', OLD.composition_id, 'label', OLD.label, 'formula_as_written', OLD.formula_as_written, 'structure_class', OLD.structure_class, 'structure_type', OLD.structure_type, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'phase_type', OLD.phase_type, 'additive_present', OLD.additive_present, 'additive_formula', OLD.additive_formula, 'additive_wt_percent', CASE WHEN OLD.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', OLD.additive_wt_percent)) END, 'synthesis_method', OLD.synthesis_method, 'synthesis_method_text', OLD.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN OLD.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN OLD.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', OLD.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN OLD.grain_size_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_um)) END, 'grain_size_relation', OLD.grain_size_relation, 'grain_size_lower_um', CASE WHEN OLD.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN OLD.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', OLD.grain_size_upper_um)) END, 'grain_size_basis', OLD.grain_size_basis, 'relative_density_percent', CASE WHEN OLD.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', OLD.relative_density_percent)) END, 'relative_density_relation', OLD.relative_density_relation), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'publication_id', NEW.publication_id, 'composition_id', NEW.composition_id, 'label', NEW.label, 'formula_as_written', NEW.formula_as_written, 'structure_class', NEW.structure_class, 'structure_type', NEW.structure_type, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'phase_type', NEW.phase_type, 'additive_present', NEW.additive_present, 'additive_formula', NEW.additive_formula, 'additive_wt_percent', CASE WHEN NEW.additive_wt_percent IS NOT NULL THEN json(printf('%!.17g', NEW.additive_wt_percent)) END, 'synthesis_method', NEW.synthesis_method, 'synthesis_method_text', NEW.synthesis_method_text, 'pellet_diameter_mm', CASE WHEN NEW.pellet_diameter_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_diameter_mm)) END, 'pellet_thickness_mm', CASE WHEN NEW.pellet_thickness_mm IS NOT NULL THEN json(printf('%!.17g', NEW.pellet_thickness_mm)) END, 'grain_size_um', CASE WHEN NEW.grain_size_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_um)) END, 'grain_size_relation', NEW.grain_size_relation, 'grain_size_lower_um', CASE WHEN NEW.grain_size_lower_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_lower_um)) END, 'grain_size_upper_um', CASE WHEN NEW.grain_size_upper_um IS NOT NULL THEN json(printf('%!.17g', NEW.grain_size_upper_um)) END, 'grain_size_basis', NEW.grain_size_basis, 'relative_density_percent', CASE WHEN NEW.relative_density_percent IS NOT NULL THEN json(printf('%!.17g', NEW.relative_density_percent)) END, 'relative_density_relation', NEW.relative_density_relation), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_spectrum_fits AFTER UPDATE ON spectrum_fits
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.fit_key IS NOT NEW.fit_key OR OLD.spectrum_id IS NOT NEW.spectrum_id OR OLD.circuit IS NOT NEW.circuit OR OLD.circuit_basis IS NOT NEW.circuit_basis OR OLD.weighting IS NOT NEW.weighting OR OLD.left_out IS NOT NEW.left_out OR OLD.parameters IS NOT NEW.parameters OR OLD.correlations IS NOT NEW.correlations OR OLD.arcs IS NOT NEW.arcs OR OLD.doubts IS NOT NEW.doubts OR OLD.misfit_percent IS NOT NEW.misfit_percent OR OLD.kramers_kronig_percent IS NOT NEW.kramers_kronig_percent OR OLD.points_failing IS NOT NEW.points_failing OR OLD.information_criterion IS NOT NEW.information_criterion OR OLD.accepted_by IS NOT NEW.accepted_by OR OLD.software_version IS NOT NEW.software_version OR OLD.bulk_measurement_id IS NOT NEW.bulk_measurement_id OR OLD.grain_boundary_measurement_id IS NOT NEW.grain_boundary_measurement_id OR OLD.total_measurement_id IS NOT NEW.total_measurement_id OR OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NEW.grain_boundary_conductivity_s_per_cm2 OR OLD.brick_layer_conductivity_s_per_cm IS NOT NEW.brick_layer_conductivity_s_per_cm
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('spectrum_fits', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'fit_key', OLD.fit_key, 'spectrum_id', OLD.spectrum_id, 'circuit', OLD.circuit, 'circuit_basis', OLD.circuit_basis, 'weighting', OLD.weighting, 'left_out', OLD.left_out, 'parameters', OLD.parameters, 'correlations', OLD.correlations, 'arcs', OLD.arcs, 'doubts', OLD.doubts, 'misfit_percent', CASE WHEN OLD.misfit_percent IS NOT NULL THEN json(printf('%!.17g', OLD.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN OLD.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', OLD.kramers_kronig_percent)) END, 'points_failing', OLD.points_failing, 'information_criterion', CASE WHEN OLD.information_criterion IS NOT NULL THEN json(printf('%!.17g', OLD.information_criterion)) END, 'accepted_by', OLD.accepted_by, 'software_version', OLD.software_version, 'bulk_measurement_id', OLD.bulk_measurement_id, 'grain_boundary_measurement_id', OLD.grain_boundary_measurement_id, 'total_measurement_id', OLD.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN OLD.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', OLD.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN OLD.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', OLD.brick_layer_conductivity_s_per_cm)) END), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'fit_key', NEW.fit_key, 'spectrum_id', NEW.spectrum_id, 'circuit', NEW.circuit, 'circuit_basis', NEW.circuit_basis, 'weighting', NEW.weighting, 'left_out', NEW.left_out, 'parameters', NEW.parameters, 'correlations', NEW.correlations, 'arcs', NEW.arcs, 'doubts', NEW.doubts, 'misfit_percent', CASE WHEN NEW.misfit_percent IS NOT NULL THEN json(printf('%!.17g', NEW.misfit_percent)) END, 'kramers_kronig_percent', CASE WHEN NEW.kramers_kronig_percent IS NOT NULL THEN json(printf('%!.17g', NEW.kramers_kronig_percent)) END, 'points_failing', NEW.points_failing, 'information_criterion', CASE WHEN NEW.information_criterion IS NOT NULL THEN json(printf('%!.17g', NEW.information_criterion)) END, 'accepted_by', NEW.accepted_by, 'software_version', NEW.software_version, 'bulk_measurement_id', NEW.bulk_measurement_id, 'grain_boundary_measurement_id', NEW.grain_boundary_measurement_id, 'total_measurement_id', NEW.total_measurement_id, 'grain_boundary_conductivity_s_per_cm2', CASE WHEN NEW.grain_boundary_conductivity_s_per_cm2 IS NOT NULL THEN json(printf('%!.17g', NEW.grain_boundary_conductivity_s_per_cm2)) END, 'brick_layer_conductivity_s_per_cm', CASE WHEN NEW.brick_layer_conductivity_s_per_cm IS NOT NULL THEN json(printf('%!.17g', NEW.brick_layer_conductivity_s_per_cm)) END), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE TRIGGER log_update_structural_records AFTER UPDATE ON structural_records
WHEN OLD.id IS NOT NEW.id OR OLD.batch_id IS NOT NEW.batch_id OR OLD.source_row IS NOT NEW.source_row OR OLD.as_written IS NOT NEW.as_written OR OLD.remark IS NOT NEW.remark OR OLD.record_key IS NOT NEW.record_key OR OLD.label IS NOT NEW.label OR OLD.composition_id IS NOT NEW.composition_id OR OLD.sample_id IS NOT NEW.sample_id OR OLD.publication_id IS NOT NEW.publication_id OR OLD.awaits_doi IS NOT NEW.awaits_doi OR OLD.awaits_sample_label IS NOT NEW.awaits_sample_label OR OLD.match IS NOT NEW.match OR OLD.space_group_symbol IS NOT NEW.space_group_symbol OR OLD.space_group_number IS NOT NEW.space_group_number OR OLD.a_angstrom IS NOT NEW.a_angstrom OR OLD.b_angstrom IS NOT NEW.b_angstrom OR OLD.c_angstrom IS NOT NEW.c_angstrom OR OLD.alpha_degree IS NOT NEW.alpha_degree OR OLD.beta_degree IS NOT NEW.beta_degree OR OLD.gamma_degree IS NOT NEW.gamma_degree OR OLD.formula_units IS NOT NEW.formula_units OR OLD.temperature_c IS NOT NEW.temperature_c OR OLD.temperature_basis IS NOT NEW.temperature_basis OR OLD.density_g_per_cm3 IS NOT NEW.density_g_per_cm3 OR OLD.unit_cell_volume_angstrom3 IS NOT NEW.unit_cell_volume_angstrom3 OR OLD.cell_volume_angstrom3 IS NOT NEW.cell_volume_angstrom3 OR OLD.li_neighbor_distance_angstrom IS NOT NEW.li_neighbor_distance_angstrom OR OLD.li_site_occupancy IS NOT NEW.li_site_occupancy OR OLD.li_coordination_number IS NOT NEW.li_coordination_number OR OLD.coordinates_basis IS NOT NEW.coordinates_basis OR OLD.source_citation IS NOT NEW.source_citation OR OLD.source_url IS NOT NEW.source_url OR OLD.source_location IS NOT NEW.source_location OR OLD.icsd_number IS NOT NEW.icsd_number OR OLD.cod_number IS NOT NEW.cod_number OR OLD.cif_text IS NOT NEW.cif_text OR OLD.file_name IS NOT NEW.file_name OR OLD.file_sha256 IS NOT NEW.file_sha256
BEGIN
    INSERT INTO change_log (table_name, row_id, action, before, after, batch_id, changed_at)
    VALUES ('structural_records', NEW.id, 'update', json_object('id', OLD.id, 'batch_id', OLD.batch_id, 'source_row', OLD.source_row, 'as_written', OLD.as_written, 'remark', OLD.remark, 'record_key', OLD.record_key, 'label', OLD.label, 'composition_id', OLD.composition_id, 'sample_id', OLD.sample_id, 'publication_id', OLD.publication_id, 'awaits_doi', OLD.awaits_doi, 'awaits_sample_label', OLD.awaits_sample_label, 'match', OLD.match, 'space_group_symbol', OLD.space_group_symbol, 'space_group_number', OLD.space_group_number, 'a_angstrom', CASE WHEN OLD.a_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.a_angstrom)) END, 'b_angstrom', CASE WHEN OLD.b_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.b_angstrom)) END, 'c_angstrom', CASE WHEN OLD.c_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.c_angstrom)) END, 'alpha_degree', CASE WHEN OLD.alpha_degree IS NOT NULL THEN json(printf('%!.17g', OLD.alpha_degree)) END, 'beta_degree', CASE WHEN OLD.beta_degree IS NOT NULL THEN json(printf('%!.17g', OLD.beta_degree)) END, 'gamma_degree', CASE WHEN OLD.gamma_degree IS NOT NULL THEN json(printf('%!.17g', OLD.gamma_degree)) END, 'formula_units', CASE WHEN OLD.formula_units IS NOT NULL THEN json(printf('%!.17g', OLD.formula_units)) END, 'temperature_c', CASE WHEN OLD.temperature_c IS NOT NULL THEN json(printf('%!.17g', OLD.temperature_c)) END, 'temperature_basis', OLD.temperature_basis, 'density_g_per_cm3', CASE WHEN OLD.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', OLD.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN OLD.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN OLD.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', OLD.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN OLD.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', OLD.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN OLD.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', OLD.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN OLD.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', OLD.li_coordination_number)) END, 'coordinates_basis', OLD.coordinates_basis, 'source_citation', OLD.source_citation, 'source_url', OLD.source_url, 'source_location', OLD.source_location, 'icsd_number', OLD.icsd_number, 'cod_number', OLD.cod_number, 'cif_text', OLD.cif_text, 'file_name', OLD.file_name, 'file_sha256', OLD.file_sha256), json_object('id', NEW.id, 'batch_id', NEW.batch_id, 'source_row', NEW.source_row, 'as_written', NEW.as_written, 'remark', NEW.remark, 'record_key', NEW.record_key, 'label', NEW.label, 'composition_id', NEW.composition_id, 'sample_id', NEW.sample_id, 'publication_id', NEW.publication_id, 'awaits_doi', NEW.awaits_doi, 'awaits_sample_label', NEW.awaits_sample_label, 'match', NEW.match, 'space_group_symbol', NEW.space_group_symbol, 'space_group_number', NEW.space_group_number, 'a_angstrom', CASE WHEN NEW.a_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.a_angstrom)) END, 'b_angstrom', CASE WHEN NEW.b_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.b_angstrom)) END, 'c_angstrom', CASE WHEN NEW.c_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.c_angstrom)) END, 'alpha_degree', CASE WHEN NEW.alpha_degree IS NOT NULL THEN json(printf('%!.17g', NEW.alpha_degree)) END, 'beta_degree', CASE WHEN NEW.beta_degree IS NOT NULL THEN json(printf('%!.17g', NEW.beta_degree)) END, 'gamma_degree', CASE WHEN NEW.gamma_degree IS NOT NULL THEN json(printf('%!.17g', NEW.gamma_degree)) END, 'formula_units', CASE WHEN NEW.formula_units IS NOT NULL THEN json(printf('%!.17g', NEW.formula_units)) END, 'temperature_c', CASE WHEN NEW.temperature_c IS NOT NULL THEN json(printf('%!.17g', NEW.temperature_c)) END, 'temperature_basis', NEW.temperature_basis, 'density_g_per_cm3', CASE WHEN NEW.density_g_per_cm3 IS NOT NULL THEN json(printf('%!.17g', NEW.density_g_per_cm3)) END, 'unit_cell_volume_angstrom3', CASE WHEN NEW.unit_cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.unit_cell_volume_angstrom3)) END, 'cell_volume_angstrom3', CASE WHEN NEW.cell_volume_angstrom3 IS NOT NULL THEN json(printf('%!.17g', NEW.cell_volume_angstrom3)) END, 'li_neighbor_distance_angstrom', CASE WHEN NEW.li_neighbor_distance_angstrom IS NOT NULL THEN json(printf('%!.17g', NEW.li_neighbor_distance_angstrom)) END, 'li_site_occupancy', CASE WHEN NEW.li_site_occupancy IS NOT NULL THEN json(printf('%!.17g', NEW.li_site_occupancy)) END, 'li_coordination_number', CASE WHEN NEW.li_coordination_number IS NOT NULL THEN json(printf('%!.17g', NEW.li_coordination_number)) END, 'coordinates_basis', NEW.coordinates_basis, 'source_citation', NEW.source_citation, 'source_url', NEW.source_url, 'source_location', NEW.source_location, 'icsd_number', NEW.icsd_number, 'cod_number', NEW.cod_number, 'cif_text', NEW.cif_text, 'file_name', NEW.file_name, 'file_sha256', NEW.file_sha256), (SELECT batch_id FROM current_batch LIMIT 1), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));
END;
CREATE VIEW measurement_points AS
SELECT
    m.id AS measurement_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    m.contribution,
    m.contribution_basis,
    m.temperature_c,
    m.temperature_basis,
    m.relation,
    m.value_basis,
    m.conductivity_s_per_cm,
    CASE WHEN m.contribution = 'grain_boundary' AND coalesce(s.grain_size_relation, '=') IN ('=', '~')
        THEN m.conductivity_s_per_cm / (s.grain_size_um * 1e-4) END
        AS conductance_s_per_cm2
FROM impedance_measurements AS m
INNER JOIN sample_names AS n ON n.sample_id = m.sample_id
INNER JOIN samples AS s ON s.id = m.sample_id;
CREATE VIEW reported_activation_energies AS
SELECT
    a.id AS activation_energy_id,
    n.sample_id,
    n.publication_id,
    n.label,
    n.formula,
    n.structure_class,
    n.doi,
    n.reference,
    a.contribution,
    a.contribution_basis,
    a.replicate_label,
    a.relation,
    a.activation_energy_ev,
    a.uncertainty_ev
FROM activation_energies AS a
INNER JOIN sample_names AS n ON n.sample_id = a.sample_id;
CREATE VIEW room_temperature_conductivity AS
WITH candidates AS (
    SELECT
        sample_id, contribution, contribution_basis, temperature_c, temperature_basis, relation, conductivity_s_per_cm, id,
        row_number() OVER (
            PARTITION BY sample_id, contribution
            ORDER BY
                CASE temperature_basis WHEN 'stated' THEN 0 ELSE 1 END,
                abs(temperature_c - 25),
                CASE relation WHEN '=' THEN 0 WHEN '~' THEN 1 ELSE 2 END,
                temperature_c,
                replicate_label,
                id
        ) AS place
    FROM impedance_measurements
    WHERE
        temperature_c BETWEEN 24 AND 30
        AND contribution <> 'unspecified'
        AND value_basis IN ('measured', 'digitised')
),
chosen AS (
    SELECT * FROM candidates WHERE place = 1
),
measured AS (
    SELECT
        s.id AS sample_id,
        b.id AS b_id, b.conductivity_s_per_cm AS b, b.temperature_c AS b_t, b.temperature_basis AS b_tb,
        b.relation AS b_rel, b.contribution_basis AS b_basis,
        g.id AS g_id, g.conductivity_s_per_cm AS g, g.temperature_c AS g_t, g.temperature_basis AS g_tb,
        g.relation AS g_rel, g.contribution_basis AS g_basis,
        t.id AS t_id, t.conductivity_s_per_cm AS t, t.temperature_c AS t_t, t.temperature_basis AS t_tb,
        t.relation AS t_rel, t.contribution_basis AS t_basis
    FROM samples AS s
    LEFT JOIN chosen AS b ON b.sample_id = s.id AND b.contribution = 'bulk'
    LEFT JOIN chosen AS g ON g.sample_id = s.id AND g.contribution = 'grain_boundary'
    LEFT JOIN chosen AS t ON t.sample_id = s.id AND t.contribution = 'total'
    WHERE coalesce(b.id, g.id, t.id) IS NOT NULL
),
derived AS (
    SELECT
        *,
        CASE WHEN b IS NULL AND g_rel = '=' AND t_rel = '=' AND g_t = t_t AND g_tb = t_tb AND g > t
            THEN 1.0 / (1.0 / t - 1.0 / g) END AS b_derived,
        CASE WHEN g IS NULL AND b_rel = '=' AND t_rel = '=' AND b_t = t_t AND b_tb = t_tb AND b > t
            THEN 1.0 / (1.0 / t - 1.0 / b) END AS g_derived,
        CASE WHEN t IS NULL AND b_rel = '=' AND g_rel = '=' AND b_t = g_t AND b_tb = g_tb
            THEN 1.0 / (1.0 / b + 1.0 / g) END AS t_derived
    FROM measured
)
SELECT
    sample_id,
    coalesce(b, b_derived) AS bulk_conductivity_s_per_cm,
    CASE WHEN b_derived IS NULL THEN b_t ELSE t_t END AS bulk_temperature_c,
    CASE WHEN b_derived IS NULL THEN b_tb ELSE t_tb END AS bulk_temperature_basis,
    CASE WHEN b_derived IS NULL THEN b_rel ELSE '=' END AS bulk_relation,
    CASE WHEN b_derived IS NULL THEN b_basis ELSE 'derived' END AS bulk_basis,
    b_id AS bulk_measurement_id,
    coalesce(g, g_derived) AS grain_boundary_conductivity_s_per_cm,
    CASE WHEN g_derived IS NULL THEN g_t ELSE t_t END AS grain_boundary_temperature_c,
    CASE WHEN g_derived IS NULL THEN g_tb ELSE t_tb END AS grain_boundary_temperature_basis,
    CASE WHEN g_derived IS NULL THEN g_rel ELSE '=' END AS grain_boundary_relation,
    CASE WHEN g_derived IS NULL THEN g_basis ELSE 'derived' END AS grain_boundary_basis,
    g_id AS grain_boundary_measurement_id,
    CASE WHEN g_derived IS NOT NULL THEN CAST(t / b > 0.8 AS INTEGER) END AS grain_boundary_rounding_ruled,
    coalesce(t, t_derived) AS total_conductivity_s_per_cm,
    CASE WHEN t_derived IS NULL THEN t_t ELSE b_t END AS total_temperature_c,
    CASE WHEN t_derived IS NULL THEN t_tb ELSE b_tb END AS total_temperature_basis,
    CASE WHEN t_derived IS NULL THEN t_rel ELSE '=' END AS total_relation,
    CASE WHEN t_derived IS NULL THEN t_basis ELSE 'derived' END AS total_basis,
    t_id AS total_measurement_id
FROM derived;
CREATE VIEW sample_names AS
SELECT
    s.id AS sample_id,
    s.publication_id,
    s.label,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    p.doi,
    coalesce(p.first_author, p.title, p.doi) || coalesce(' ' || p.year, '') AS reference,
    p.review_state
FROM samples AS s
INNER JOIN publications AS p ON p.id = s.publication_id
LEFT JOIN compositions AS c ON c.id = s.composition_id;
CREATE VIEW sample_structures AS
WITH candidates AS (
    SELECT
        s.id AS sample_id,
        r.id AS record_id,
        r.sample_id = s.id AS is_linked,
        coalesce(CAST(s.space_group_number AS TEXT), nullif(replace(s.space_group_symbol, ' ', ''), '')) AS wanted_group,
        coalesce(CAST(r.space_group_number AS TEXT), nullif(replace(r.space_group_symbol, ' ', ''), '')) AS space_group,
        CASE r.match WHEN 'exact' THEN 0 ELSE 1 END AS looseness,
        CASE WHEN r.temperature_c IS NULL THEN 75.0 ELSE abs(r.temperature_c - 25.0) END AS away_from_room,
        r.li_site_occupancy,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_neighbor_distance_angstrom END AS li_neighbor_distance_angstrom,
        CASE WHEN r.coordinates_basis <> 'perturbed' THEN r.li_coordination_number END AS li_coordination_number,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.density_g_per_cm3 END AS density_g_per_cm3,
        CASE WHEN coalesce(r.temperature_c, 25.0) <= 100 THEN r.cell_volume_angstrom3 END AS cell_volume_angstrom3
    FROM samples AS s
    INNER JOIN structural_records AS r ON r.sample_id = s.id OR r.composition_id = s.composition_id
),
placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY sample_id
            ORDER BY
                CASE WHEN is_linked THEN 0 WHEN space_group = wanted_group THEN 1 ELSE 2 END,
                looseness, away_from_room, record_id
        ) AS place
    FROM candidates
    WHERE is_linked OR space_group IS NULL OR wanted_group IS NULL OR space_group = wanted_group
),
chosen AS (
    SELECT sample_id, space_group, min(place) AS place
    FROM placed
    WHERE space_group IS NOT NULL
    GROUP BY sample_id
),
ordered AS (
    SELECT p.*
    FROM placed AS p
    LEFT JOIN chosen AS c ON c.sample_id = p.sample_id
    WHERE p.space_group IS NULL OR p.space_group = c.space_group
),
firsts AS (
    SELECT
        *,
        min(CASE WHEN li_site_occupancy IS NOT NULL THEN place END) OVER its AS occupancy_place,
        min(CASE WHEN li_neighbor_distance_angstrom IS NOT NULL THEN place END) OVER its AS distance_place,
        min(CASE WHEN li_coordination_number IS NOT NULL THEN place END) OVER its AS coordination_place,
        min(CASE WHEN density_g_per_cm3 IS NOT NULL THEN place END) OVER its AS density_place,
        min(CASE WHEN cell_volume_angstrom3 IS NOT NULL THEN place END) OVER its AS volume_place
    FROM ordered
    WINDOW its AS (PARTITION BY sample_id)
)
SELECT
    sample_id,
    max(CASE WHEN place = occupancy_place THEN li_site_occupancy END) AS li_site_occupancy,
    max(CASE WHEN place = occupancy_place THEN record_id END) AS occupancy_record_id,
    max(CASE WHEN place = distance_place THEN li_neighbor_distance_angstrom END) AS li_neighbor_distance_angstrom,
    max(CASE WHEN place = distance_place THEN record_id END) AS distance_record_id,
    max(CASE WHEN place = coordination_place THEN li_coordination_number END) AS li_coordination_number,
    max(CASE WHEN place = coordination_place THEN record_id END) AS coordination_record_id,
    max(CASE WHEN place = density_place THEN density_g_per_cm3 END) AS density_g_per_cm3,
    max(CASE WHEN place = density_place THEN record_id END) AS density_record_id,
    max(CASE WHEN place = volume_place THEN cell_volume_angstrom3 END) AS cell_volume_angstrom3,
    max(CASE WHEN place = volume_place THEN record_id END) AS volume_record_id
FROM firsts
GROUP BY sample_id;
CREATE VIEW single_grain_conductivity AS
SELECT
    r.sample_id,
    r.bulk_conductivity_s_per_cm,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_conductivity_s_per_cm,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    s.grain_size_um,
    s.grain_size_relation,
    s.grain_size_basis,
    CASE WHEN coalesce(s.grain_size_relation, '=') IN ('=', '~')
        THEN r.grain_boundary_conductivity_s_per_cm / (s.grain_size_um * 1e-4) END AS grain_boundary_conductance_s_per_cm2
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
WHERE coalesce(r.bulk_conductivity_s_per_cm, r.grain_boundary_conductivity_s_per_cm) IS NOT NULL;
CREATE VIEW sintering_steps AS
WITH densifying AS (
    SELECT
        p.sample_id, p.id, p.operation, p.temperature_c, p.duration_h,
        row_number() OVER (PARTITION BY p.sample_id ORDER BY p.position DESC) AS place
    FROM processing_steps AS p
    WHERE
        p.operation IN ('sintering', 'hot_pressing', 'spark_plasma_sintering', 'cold_sintering', 'crystallisation')
        OR (
            p.operation = 'annealing'
            AND EXISTS (
                SELECT 1 FROM processing_steps AS earlier
                WHERE
                    earlier.sample_id = p.sample_id
                    AND earlier.position < p.position
                    AND earlier.operation = 'cold_sintering'
            )
        )
)
SELECT
    sample_id,
    id AS processing_step_id,
    operation,
    temperature_c AS sintering_temperature_c,
    duration_h AS sintering_time_h
FROM densifying
WHERE place = 1;
CREATE VIEW training_bulk AS
SELECT * FROM training_samples
WHERE bulk_conductivity_s_per_cm IS NOT NULL AND bulk_relation = '=';
CREATE VIEW training_grain_boundary AS
SELECT * FROM training_samples
WHERE grain_boundary_conductance_s_per_cm2 IS NOT NULL AND grain_boundary_relation = '=';
CREATE VIEW training_grain_boundary_observed AS
SELECT * FROM training_samples
WHERE grain_boundary_conductivity_s_per_cm IS NOT NULL AND grain_boundary_relation = '=';
CREATE VIEW training_limits AS
SELECT
    t.target,
    CASE t.target WHEN 'bulk' THEN s.bulk_relation WHEN 'total' THEN s.total_relation ELSE s.grain_boundary_relation END
        AS relation,
    s.*
FROM training_samples AS s
INNER JOIN (
    SELECT 'bulk' AS target
    UNION ALL SELECT 'grain-boundary'
    UNION ALL SELECT 'grain-boundary-observed'
    UNION ALL SELECT 'total'
) AS t
    ON (t.target = 'bulk' AND s.bulk_relation IN ('<', '>'))
    OR (
        t.target = 'grain-boundary' AND s.grain_boundary_relation IN ('<', '>')
        AND s.grain_boundary_conductance_s_per_cm2 IS NOT NULL
    )
    OR (t.target = 'grain-boundary-observed' AND s.grain_boundary_relation IN ('<', '>'))
    OR (t.target = 'total' AND s.total_relation IN ('<', '>'));
CREATE VIEW training_samples AS
SELECT
    d.sample_id,
    d.publication_id,
    coalesce(c.formula, s.formula_as_written) AS formula,
    s.structure_class,
    d.additive_present,
    d.additive_wt_percent,
    d.sintering_temperature_c,
    d.sintering_time_h,
    d.pellet_diameter_mm,
    d.method_code,
    d.grain_size_um,
    d.phase_code,
    d.li_ratio,
    d.li_site_occupancy,
    d.electronegativity,
    d.polarizability,
    d.atomic_number,
    d.li_neighbor_distance_angstrom,
    d.li_coordination_number,
    d.density_g_per_cm3,
    d.cell_volume_angstrom3,
    r.bulk_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm,
    r.total_conductivity_s_per_cm,
    r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4) AS grain_boundary_conductance_s_per_cm2,
    log10(r.bulk_conductivity_s_per_cm) AS log10_bulk_conductivity,
    log10(r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4)) AS log10_grain_boundary_conductance,
    log10(r.grain_boundary_conductivity_s_per_cm) AS log10_observed_grain_boundary_conductivity,
    log10(r.bulk_conductivity_s_per_cm / (d.grain_size_um * 1e-4)) AS log10_bulk_per_grain,
    log10(r.grain_boundary_conductivity_s_per_cm / (d.grain_size_um * 1e-4) / (d.grain_size_um * 1e-4))
        AS log10_grain_boundary_per_grain,
    log10(r.total_conductivity_s_per_cm) AS log10_total_conductivity,
    r.bulk_relation,
    r.bulk_basis,
    r.grain_boundary_relation,
    r.grain_boundary_basis,
    r.grain_boundary_rounding_ruled,
    r.total_relation,
    r.total_basis
FROM room_temperature_conductivity AS r
INNER JOIN samples AS s ON s.id = r.sample_id
INNER JOIN descriptors AS d ON d.sample_id = r.sample_id
LEFT JOIN compositions AS c ON c.id = s.composition_id;
CREATE VIEW training_total AS
SELECT * FROM training_samples
WHERE total_conductivity_s_per_cm IS NOT NULL AND total_relation = '=';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('elements',103);
INSERT INTO "sqlite_sequence" VALUES('samples',22);
INSERT INTO "sqlite_sequence" VALUES('import_batches',2);
INSERT INTO "sqlite_sequence" VALUES('publications',16);
INSERT INTO "sqlite_sequence" VALUES('current_batch',2);
INSERT INTO "sqlite_sequence" VALUES('change_log',163);
INSERT INTO "sqlite_sequence" VALUES('compositions',14);
INSERT INTO "sqlite_sequence" VALUES('composition_elements',61);
INSERT INTO "sqlite_sequence" VALUES('processing_steps',8);
INSERT INTO "sqlite_sequence" VALUES('impedance_measurements',29);
INSERT INTO "sqlite_sequence" VALUES('activation_energies',12);
INSERT INTO "sqlite_sequence" VALUES('structural_records',1);
COMMIT;
